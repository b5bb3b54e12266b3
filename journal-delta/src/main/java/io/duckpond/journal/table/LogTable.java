package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A Delta table of {@link LogRecord}s: the append side, and the newest version seen. */
public final class LogTable implements AutoCloseable {

  private LogTable() {}

  /** Creates the table (Delta version 0) in a directory that holds none. */
  public static LogTable create(Disk disk, Path directory, Map<String, String> properties)
      throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Opens an existing table at its newest version. */
  public static LogTable open(Disk disk, Path directory) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Returns the table's properties that begin with {@code io.duckpond.}. */
  public Map<String, String> properties() {
    throw new IllegalStateException("contract");
  }

  /** Returns the newest version that this object has seen; costs nothing. */
  public TableVersion head() {
    throw new IllegalStateException("contract");
  }

  /** Looks for newer versions, which another process may have written. */
  public TableVersion refresh() throws IOException {
    throw new IllegalStateException("contract");
  }

  /**
   * Makes a flush durable as exactly one Delta commit and returns the version it made. For one
   * thread. Fails with {@code JournalException}: surely not stored, fenced by another writer, or
   * (after it has looked) unknown.
   */
  public TableVersion append(Flush flush) {
    throw new IllegalStateException("contract");
  }

  /** Starts a staged file. Any thread. */
  public StagedFileWriter stage() throws IOException {
    throw new IllegalStateException("contract");
  }

  @Override
  public void close() {}
}
