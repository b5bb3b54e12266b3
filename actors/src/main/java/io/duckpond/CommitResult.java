package io.duckpond;

import java.time.Duration;

/**
 * What a commit did.
 *
 * @param txnSeq the transaction's number; the pin's if there was nothing to commit
 * @param timestampMicros microseconds since the epoch
 * @param operations calls that changed something; 0 if there was nothing to commit
 * @param entries rows written
 * @param bytes bytes of content taken in
 */
public record CommitResult(
    long txnSeq, long timestampMicros, long operations, long entries, long bytes, Duration took) {}
