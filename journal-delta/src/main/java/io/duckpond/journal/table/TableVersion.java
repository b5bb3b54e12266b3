package io.duckpond.journal.table;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One version of a {@link LogTable}: an immutable set of data files. Any thread. */
public final class TableVersion {

  private TableVersion() {}

  /** Returns the Delta version. */
  public long version() {
    throw new IllegalStateException("contract");
  }

  /** Returns the last transaction number; 0 if there is none. */
  public long txnSeq() {
    throw new IllegalStateException("contract");
  }

  /** Returns the timestamp of the last transaction, microseconds since the epoch; 0 if none. */
  public long timestampMicros() {
    throw new IllegalStateException("contract");
  }

  /** Returns the number of data files. */
  public int files() {
    throw new IllegalStateException("contract");
  }

  /** Returns the bytes of all data files. */
  public long bytes() {
    throw new IllegalStateException("contract");
  }

  /** Reads records in commit order, within one file by kind, partition and sequence number. */
  public RecordCursor scan(ScanRequest request) throws IOException {
    throw new IllegalStateException("contract");
  }

  /**
   * Reads records with up to {@code parallelism} tasks on {@code executor}, split by file and row
   * group; {@code sink} is called from many threads at once. Records of one partition arrive in no
   * particular order. Returns when all are delivered; the first failure ends it.
   */
  public void scanParallel(
      ScanRequest request, Executor executor, int parallelism, Consumer<LogRecord> sink)
      throws IOException {
    throw new IllegalStateException("contract");
  }
}
