package io.duckpond.oplog;

/**
 * The log's word that a transaction is durable.
 *
 * @param timestampMicros microseconds since the epoch
 * @param entries rows written, staged ones included
 */
public record CommitReceipt(long txnSeq, long timestampMicros, long entries) {}
