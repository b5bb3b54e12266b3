package io.duckpond.journal.engine;

import io.delta.kernel.defaults.engine.DefaultExpressionHandler;
import io.delta.kernel.defaults.engine.DefaultFileSystemClient;
import io.delta.kernel.defaults.engine.DefaultJsonHandler;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.MetricsReporter;
import io.delta.kernel.engine.ParquetHandler;
import io.duckpond.journal.disk.Disk;
import java.util.List;

/**
 * Delta Kernel's engine on a {@link Disk}.
 *
 * <p>What it publishes under a name is complete and durable before the name exists, and a name that
 * is taken is never given again (link(2)), so two writers cannot both make one version. Each log
 * entry ends with a trailer line (see {@link LogEntry}). Parquet files carry page checksums, which
 * every read verifies. No Hadoop file system, no process started. Any thread.
 */
public final class DiskEngine implements Engine {
  private final DiskFileIO files;
  private final DiskParquetHandler parquet;

  /** An engine for all tables on {@code disk}. */
  public DiskEngine(Disk disk) {
    this.files = new DiskFileIO(disk);
    this.parquet = new DiskParquetHandler(disk);
  }

  @Override
  public ExpressionHandler getExpressionHandler() {
    return new DefaultExpressionHandler();
  }

  @Override
  public JsonHandler getJsonHandler() {
    return new DefaultJsonHandler(files);
  }

  @Override
  public FileSystemClient getFileSystemClient() {
    return new DefaultFileSystemClient(files);
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return parquet;
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return List.of();
  }
}
