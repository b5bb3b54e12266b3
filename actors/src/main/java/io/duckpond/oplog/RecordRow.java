package io.duckpond.oplog;

/**
 * An outer record of the log as readers show it; numbers of 0 and an empty {@code partId} are null.
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordRow(
    String partId,
    String kind,
    long firstVersion,
    long version,
    long firstTxnSeq,
    long txnSeq,
    long timestampMicros,
    int count,
    String sha256,
    byte[] content) {}
