package io.duckpond.view;

import io.duckpond.node.Entry;

/**
 * What a file's directory knew of it after a transaction that gave it another version.
 *
 * @param timestampMicros the transaction's time, microseconds since the epoch
 */
public record PastVersion(Entry.File entry, long txnSeq, long timestampMicros) {}
