package io.duckpond.oplog;

import io.duckpond.node.NodeType;

/**
 * One row of the log as it is stored, its columns as in architecture.md; for readers that show
 * rather than apply.
 *
 * @param attachment whether it stands in a record of kind attachment
 * @param metadata JSON: version, size, sha256, mode and modified where they apply
 * @param content the stored bytes; empty if the reader did not ask for them
 * @param seqNr 0 if the row stands in a staged file
 * @param timestampMicros microseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent")
public record OplogRow(
    String partId,
    String nodeId,
    NodeType type,
    boolean attachment,
    String metadata,
    byte[] content,
    long seqNr,
    long txnSeq,
    long timestampMicros,
    int txnIndex) {}
