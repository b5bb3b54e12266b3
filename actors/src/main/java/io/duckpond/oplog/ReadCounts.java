package io.duckpond.oplog;

/**
 * What a scan of the log has read.
 *
 * @param records outer records
 * @param bytes of their content
 */
public record ReadCounts(long records, long bytes) {

  /** Nothing. */
  public static final ReadCounts NONE = new ReadCounts(0, 0);

  /** Returns the sum of both. */
  public ReadCounts plus(ReadCounts other) {
    return new ReadCounts(records + other.records, bytes + other.bytes);
  }
}
