package io.duckpond.oplog;

import io.duckpond.names.NameMap;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import java.util.Optional;

/**
 * All that a directory held after one of its events, as {@link Snapshots} keeps it. It tells
 * something about a pond only if that event stands in the pond's log.
 *
 * @param seqNr the event's sequence number
 * @param txnSeq its transaction
 * @param timestampMicros that transaction's time, microseconds since the epoch
 * @param own the directory's own attributes; present for the root only
 */
public record DirectorySnapshot(
    NodeId directory,
    long seqNr,
    long txnSeq,
    long timestampMicros,
    Optional<Attributes> own,
    NameMap<Entry> entries) {

  /** Returns whether {@code event} is the one after which the directory held this. */
  boolean endsWith(LoggedEvent event) {
    return event.directory().equals(directory)
        && event.seqNr() == seqNr
        && event.txnSeq() == txnSeq
        && event.timestampMicros() == timestampMicros;
  }
}
