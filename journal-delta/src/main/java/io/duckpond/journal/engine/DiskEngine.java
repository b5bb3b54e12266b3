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
import io.duckpond.journal.disk.Machine;
import java.util.List;
import java.util.function.Predicate;

/**
 * Delta Kernel's engine on a {@link Disk}.
 *
 * <p>What it publishes under a name is complete and durable before the name exists, and a name that
 * is taken is never given again (link(2)), so two writers cannot both make one version. Each log
 * entry ends with a trailer line (see {@link LogEntry}). Parquet files carry page checksums, which
 * every read verifies. Checksum files (.crc) of other programs are not looked at: one that is ahead
 * of the log would make the table unreadable. No Hadoop file system, no process started. Any
 * thread.
 */
public final class DiskEngine implements Engine {
  private final DiskFileIO files;
  private final DiskParquetHandler parquet;

  /** An engine for all tables on {@code disk}, on the machine that this JVM runs on. */
  public DiskEngine(Disk disk) {
    this(Machine.with(disk));
  }

  /** An engine for all tables on the disk of {@code machine}. */
  public DiskEngine(Machine machine) {
    this(machine, new DiskFileIO(machine, name -> !name.endsWith(".crc")));
  }

  private DiskEngine(Machine machine, DiskFileIO files) {
    this.files = files;
    this.parquet = new DiskParquetHandler(machine);
  }

  /**
   * An engine for which of every table's log only the files exist whose names are {@code visible}.
   */
  public static DiskEngine showing(Machine machine, Predicate<String> visible) {
    return new DiskEngine(
        machine, new DiskFileIO(machine, name -> !name.endsWith(".crc") && visible.test(name)));
  }

  /** An engine to which every table looks as if no checkpoint had ever been written. */
  public static DiskEngine withoutCheckpoints(Machine machine) {
    return showing(
        machine, name -> !name.contains(".checkpoint.") && !name.equals("_last_checkpoint"));
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
