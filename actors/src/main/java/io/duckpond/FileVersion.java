package io.duckpond;

import io.duckpond.journal.disk.Sha256;

/**
 * A version of a file, or a piece of a series.
 *
 * @param number from 1
 * @param size bytes
 * @param modifiedNanos modification time, nanoseconds since the epoch; of pieces that came with one
 *     transaction that of the last of them
 * @param txnSeq the transaction that brought it; 0 while it is not committed
 * @param timestampMicros that transaction's time, microseconds since the epoch; 0 likewise
 */
public record FileVersion(
    long number, long size, Sha256 sha256, long modifiedNanos, long txnSeq, long timestampMicros) {}
