package io.duckpond.journal.engine;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultExpressionHandler;
import io.delta.kernel.defaults.engine.DefaultFileSystemClient;
import io.delta.kernel.defaults.engine.DefaultJsonHandler;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.MetricsReporter;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.utils.CloseableIterator;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Delta Kernel's engine on a {@link Disk}.
 *
 * <p>What it publishes under a name is complete and durable before the name exists, and a name that
 * is taken is never given again (link(2)), so two writers cannot both make one version. Each log
 * entry ends with a trailer line (see {@link LogEntry}). Parquet files carry page checksums, which
 * every read verifies. What no check of ours guards is not looked at: checksum files (.crc), of
 * which one that is ahead of the log would make the table unreadable, compacted entries of other
 * programs, and the hint where the last checkpoint is, since the names in the log's folder say that
 * too. No Hadoop file system, no process started. Any thread.
 */
public final class DiskEngine implements Engine {
  private final Machine machine;
  private final DiskFileIO files;
  private final DiskParquetHandler parquet;

  /** An engine for all tables on {@code disk}, on the machine that this JVM runs on. */
  public DiskEngine(Disk disk) {
    this(Machine.with(disk));
  }

  /** The same, for all tables on the disk of {@code machine}. */
  public DiskEngine(Machine machine) {
    this(machine, name -> true);
  }

  /**
   * An engine to which only those files of a log exist whose names are {@code visible}; those that
   * it never looks at do not exist either way.
   */
  public DiskEngine(Machine machine, Predicate<String> visible) {
    this.machine = machine;
    this.files = new DiskFileIO(machine, name -> !isUnguarded(name) && visible.test(name));
    this.parquet = new DiskParquetHandler(machine);
  }

  private static boolean isUnguarded(String name) {
    return name.endsWith(".crc")
        || name.endsWith(".compacted.json")
        || name.equals("_last_checkpoint");
  }

  /**
   * Writes a checkpoint's rows to a new file, durably, and reads its pages back. The file's name is
   * the caller's business.
   */
  public void writeCheckpoint(Path file, CloseableIterator<FilteredColumnarBatch> rows)
      throws IOException {
    parquet.writeVerified(file, rows);
  }

  /**
   * Writes the lines of a new log entry, and its trailer, durably; returns the digest of it all.
   * Fails with {@link java.nio.file.FileAlreadyExistsException} if there is one of the name.
   */
  public Sha256 writeEntry(Path file, CloseableIterator<String> lines) throws IOException {
    return new LogOutput(machine, file).publish(lines, /* overwrite= */ false);
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
