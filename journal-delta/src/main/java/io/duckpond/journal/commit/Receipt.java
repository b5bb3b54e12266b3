package io.duckpond.journal.commit;

/**
 * What became of a durable transaction.
 *
 * @param txnId the id under which it was grouped
 * @param txnSeq its number
 * @param timestampMicros its timestamp, microseconds since the epoch
 * @param tableVersion the Delta version that holds it
 * @param entries inner rows it wrote, staged ones included
 * @param bytes of its rows and description before compression, and of its staged files
 */
public record Receipt(
    String txnId, long txnSeq, long timestampMicros, long tableVersion, long entries, long bytes) {}
