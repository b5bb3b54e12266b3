package io.duckpond.journal.query;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.pekko.persistence.query.EventEnvelope;

/**
 * Events of all persistence ids, in commit order.
 *
 * <p>A data file holds its records by persistence id, one record for all transactions of a flush
 * (or, once files are merged, of many flushes). So a stretch of transactions is read whole, as many
 * as a few data files hold, and its events sorted. Of those only the first are kept, as many as
 * {@code readBytes} allow; where that leaves any out, the next stretch begins there again and is
 * shorter. Memory is bounded by that, plus one record, whatever the files look like.
 */
final class CommitOrderReader implements ChunkReader<EventEnvelope> {
  private final EventTable table;
  private final Envelopes envelopes;
  private final long readBytes;
  private final Predicate<StoredEvent> wanted;

  /** All up to here has been handed out. */
  private CommitOffset after;

  /** The most transactions of a stretch. */
  private long most = Long.MAX_VALUE / 4;

  CommitOrderReader(
      EventTable table,
      Envelopes envelopes,
      long readBytes,
      CommitOffset after,
      Predicate<StoredEvent> wanted) {
    this.table = table;
    this.envelopes = envelopes;
    this.readBytes = readBytes;
    this.after = after;
    this.wanted = wanted;
  }

  @Override
  public Chunk<EventEnvelope> read(TableVersion version, long toTxnSeq) throws IOException {
    CommitOffset end = CommitOffset.afterTransaction(toTxnSeq);
    if (after.compareTo(end) >= 0) {
      return new Chunk<>(List.of(), Progress.CAUGHT_UP);
    }
    table.deletions().learn(version);
    long from =
        after.index() == Integer.MAX_VALUE ? after.txnSeq() + 1 : Math.max(1, after.txnSeq());
    long last =
        Math.min(
            Math.min(toTxnSeq, version.lastTxnSeqWithin(from, readBytes)),
            from + Math.min(most, Long.MAX_VALUE - from) - 1);
    Stretch stretch = new Stretch(CommitOffset.afterTransaction(last));
    try (RecordCursor cursor =
        version.scan(ScanRequest.of(RecordKind.EVENT).transactions(from, last))) {
      while (cursor.next()) {
        StoredEvent.of(cursor.record(), table.records(), stretch::add);
      }
    }
    List<EventEnvelope> found = envelopes.of(stretch.events.values());
    if (stretch.leftOut.isPresent()) {
      after = stretch.events.lastKey();
      most = Math.max(1, stretch.leftOut.get().txnSeq() - from + 1);
    } else {
      after = stretch.end;
      most = Math.min(most * 2, Long.MAX_VALUE / 4);
    }
    return new Chunk<>(found, after.compareTo(end) >= 0 ? Progress.CAUGHT_UP : Progress.MORE);
  }

  /** The first events of a stretch of transactions. */
  private final class Stretch {
    private final CommitOffset end;
    private final TreeMap<CommitOffset, StoredEvent> events = new TreeMap<>();
    private Optional<CommitOffset> leftOut = Optional.empty();
    private long bytes;

    Stretch(CommitOffset end) {
      this.end = end;
    }

    void add(StoredEvent event) {
      CommitOffset offset = event.offset();
      if (offset.compareTo(after) <= 0
          || offset.compareTo(end) > 0
          || (leftOut.isPresent() && offset.compareTo(leftOut.get()) >= 0)
          || event.seqNr() <= table.deletions().upTo(event.partId())
          || !wanted.test(event)) {
        return;
      }
      StoredEvent same = events.put(offset, event);
      if (same != null) {
        throw new DamageException(
            "%s stands twice: sequence number [%d] of partition [%s] and [%d] of [%s]"
                .formatted(offset, same.seqNr(), same.partId(), event.seqNr(), event.partId()));
      }
      bytes += event.bytes();
      while (bytes > readBytes && events.size() > 1) {
        var greatest = events.pollLastEntry();
        leftOut = Optional.of(greatest.getKey());
        bytes -= greatest.getValue().bytes();
      }
    }
  }
}
