package io.duckpond.journal.commit;

import io.duckpond.journal.table.PreparedRecords;
import io.duckpond.journal.table.StagedFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A complete transaction that waits for the next flush.
 *
 * @param txnId the name of a grouped one
 * @param events by partition and sequence number; their order is that of {@code txn_index}
 * @param prepared the file that the events were written to ahead, if they were
 * @param description empty for none
 * @param done completed once durable, or failed
 */
@SuppressWarnings("ArrayRecordComponent") // opaque, handed through
record QueuedTransaction(
    Optional<String> txnId,
    List<EncodedEvent> events,
    List<Deletion> deletions,
    List<StagedFile> staged,
    Optional<PreparedRecords> prepared,
    byte[] description,
    CompletableFuture<Receipt> done) {

  /** A range of a partition that is not to be replayed any more. */
  record Deletion(String partId, SequenceRange range) {}

  QueuedTransaction {
    events =
        events.size() < 2
            ? List.copyOf(events)
            : events.stream().sorted(EncodedEvent.ORDER).toList();
    deletions = List.copyOf(deletions);
    staged = List.copyOf(staged);
  }

  /** Returns this one with its events in a file. */
  QueuedTransaction with(PreparedRecords file) {
    return new QueuedTransaction(
        txnId, events, deletions, staged, Optional.of(file), description, done);
  }

  boolean isEmpty() {
    return events.isEmpty() && deletions.isEmpty() && staged.isEmpty() && description.length == 0;
  }

  Set<String> partitions() {
    if (events.size() == 1 && deletions.isEmpty()) {
      return Set.of(events.get(0).partId());
    }
    Set<String> partitions = new HashSet<>();
    events.forEach(event -> partitions.add(event.partId()));
    deletions.forEach(deletion -> partitions.add(deletion.partId()));
    return partitions;
  }

  // Loops, as these are asked several times of each transaction on the committing thread, and most
  // have one event: a stream takes longer than all else that is counted here.

  int rowCount() {
    int rows = 0;
    for (EncodedEvent event : events) {
      rows += event.rowCount();
    }
    return rows;
  }

  /** Bytes that it holds in memory. */
  long bytes() {
    long bytes = description.length;
    for (EncodedEvent event : events) {
      bytes += event.bytes();
    }
    return bytes;
  }

  /** Rows that the flush has still to write. */
  int rowsToWrite() {
    return prepared.isPresent() ? 0 : rowCount();
  }

  /** Bytes that the flush has still to write. */
  long bytesToWrite() {
    return prepared.isPresent() ? description.length : bytes();
  }

  String name() {
    return txnId.map(id -> "transaction [" + id + "]").orElse("a write of " + partitions());
  }
}
