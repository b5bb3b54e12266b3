package io.duckpond.journal.query;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.persistence.query.EventEnvelope;

/** The events of one persistence id, by sequence number. */
final class PartitionReader implements ChunkReader<EventEnvelope> {
  private final EventTable table;
  private final Envelopes envelopes;
  private final long readBytes;
  private final String partId;
  private final long to;

  /** The least sequence number that is still to come. */
  private long next;

  /** All there is up to this transaction has been handed out. */
  private long doneTxnSeq;

  PartitionReader(
      EventTable table, Envelopes envelopes, long readBytes, String partId, long from, long to) {
    this.table = table;
    this.envelopes = envelopes;
    this.readBytes = readBytes;
    this.partId = partId;
    this.next = Math.max(1, from);
    this.to = to;
  }

  @Override
  public Chunk<EventEnvelope> read(TableVersion version, long toTxnSeq) throws IOException {
    if (next > to) {
      return new Chunk<>(List.of(), Progress.ENDED);
    }
    table.deletions().learn(version);
    Batch batch = new Batch(Math.max(next, table.deletions().upTo(partId) + 1), toTxnSeq);
    boolean all = true;
    if (batch.first <= to) {
      try (RecordCursor cursor =
          version.scan(request(RecordKind.EVENT, batch.first, to, toTxnSeq))) {
        while (cursor.next()) {
          if (batch.bytes >= readBytes) {
            all = false;
            break;
          }
          StoredEvent.of(cursor.record(), table.records(), batch::add);
        }
      }
    }
    boolean passed = all && isPassed(version, toTxnSeq);
    List<EventEnvelope> found = envelopes.of(batch.events);
    next = Math.max(batch.first, batch.previous + 1);
    if (all) {
      doneTxnSeq = Math.max(doneTxnSeq, toTxnSeq);
    }
    Progress progress = all ? Progress.CAUGHT_UP : Progress.MORE;
    return new Chunk<>(found, passed || next > to ? Progress.ENDED : progress);
  }

  private ScanRequest request(RecordKind kind, long from, long last, long toTxnSeq) {
    return ScanRequest.of(kind)
        .partitions(Set.of(partId))
        .versions(from, last)
        .transactions(doneTxnSeq + 1, toTxnSeq);
  }

  /** Sequence numbers can have gaps: returns whether one at or beyond the last was given. */
  private boolean isPassed(TableVersion version, long toTxnSeq) throws IOException {
    if (to == Long.MAX_VALUE) {
      return false;
    }
    try (RecordCursor cursor =
        version.scan(request(RecordKind.EVENT, to, Long.MAX_VALUE, toTxnSeq).withoutContent())) {
      return cursor.next();
    }
  }

  /** What is being read. */
  private final class Batch {
    private final long first;
    private final long toTxnSeq;
    private final List<StoredEvent> events = new ArrayList<>();
    private long bytes;
    private long previous;

    Batch(long first, long toTxnSeq) {
      this.first = first;
      this.toTxnSeq = toTxnSeq;
    }

    void add(StoredEvent event) {
      if (!event.partId().equals(partId) || event.seqNr() <= previous) {
        throw new DamageException(
            "partition [%s]: %s holds sequence number [%d] of [%s] after [%d]"
                .formatted(partId, event.offset(), event.seqNr(), event.partId(), previous));
      }
      previous = event.seqNr();
      if (event.seqNr() >= first && event.seqNr() <= to && event.offset().txnSeq() <= toTxnSeq) {
        events.add(event);
        bytes += event.bytes();
      }
    }
  }
}
