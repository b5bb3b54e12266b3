package io.duckpond.oplog;

import io.duckpond.node.NodeId;

/**
 * An event as the log has it, attachments left out.
 *
 * @param timestampMicros microseconds since the epoch, of its transaction
 */
public record LoggedEvent(
    NodeId directory, long seqNr, long txnSeq, long timestampMicros, DirectoryEvent event) {}
