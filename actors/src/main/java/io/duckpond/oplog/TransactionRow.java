package io.duckpond.oplog;

/**
 * One transaction as its description says.
 *
 * @param timestampMicros microseconds since the epoch
 * @param command what was run, e.g. {@code ln -s notes.txt latest}; may be empty
 * @param message the user's message; may be empty
 * @param operations calls that changed something
 * @param partitions directories touched
 * @param entries rows written
 * @param bytes bytes of content written
 */
public record TransactionRow(
    long txnSeq,
    long timestampMicros,
    String command,
    String message,
    String user,
    long operations,
    long partitions,
    long entries,
    long bytes) {}
