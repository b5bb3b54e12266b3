package io.duckpond.journal.recovery;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.pekko.persistence.PersistentRepr;

/** The records of one partition, as they were read. For one thread after another. */
final class StoredPartition {
  private static final Comparator<LogRecord> ORDER =
      Comparator.comparingLong(LogRecord::firstVersion).thenComparingLong(LogRecord::version);
  private static final long OVERHEAD = 400;

  private final String partId;
  private final List<LogRecord> records = new ArrayList<>(2);
  private long deletedTo;
  private long bytes = OVERHEAD;

  StoredPartition(String partId) {
    this.partId = partId;
  }

  /** Returns the bytes that this takes in memory, about. */
  long bytes() {
    return bytes;
  }

  void add(LogRecord record) {
    if (record.kind() == RecordKind.DELETION) {
      deletedTo = Math.max(deletedTo, record.version());
    } else {
      records.add(record);
      bytes += record.content().length + OVERHEAD;
    }
  }

  /** Decodes the events of transactions {@code from} to {@code to}; once. */
  Decoded decode(RecoverySource source, long from, long to) {
    records.sort(ORDER);
    Events events = new Events(source, from, to);
    for (LogRecord record : records) {
      source.records().decode(record, events::row);
      events.finish();
    }
    return new Decoded(
        new RecoveredPartition(partId, events.decoded, Math.max(events.highest, deletedTo)),
        events.rows,
        bytes);
  }

  /**
   * A partition that can be handed out.
   *
   * @param rows of its that were wanted
   * @param bytes that its records took
   */
  record Decoded(RecoveredPartition partition, long rows, long bytes) {}

  /** Gathers the rows of each event, and checks that the sequence numbers follow each other. */
  private final class Events {
    private final RecoverySource source;
    private final long from;
    private final long to;
    private final List<PersistentRepr> decoded = new ArrayList<>();
    private final List<InnerRow> event = new ArrayList<>();
    private long previous;
    private long highest;
    private long rows;

    Events(RecoverySource source, long from, long to) {
      this.source = source;
      this.from = from;
      this.to = to;
    }

    void row(InnerRow row) {
      if (!event.isEmpty() && event.get(0).seqNr() != row.seqNr()) {
        finish();
      }
      event.add(row);
    }

    void finish() {
      if (event.isEmpty()) {
        return;
      }
      InnerRow first = event.get(0);
      if (first.seqNr() <= previous || !first.partId().equals(partId)) {
        throw new DamageException(
            "partition [%s]: transaction [%d] holds sequence number [%d] of [%s] after [%d]"
                .formatted(partId, first.txnSeq(), first.seqNr(), first.partId(), previous));
      }
      previous = first.seqNr();
      if (first.txnSeq() >= from && first.txnSeq() <= to) {
        highest = first.seqNr();
        rows += event.size();
        if (first.seqNr() > deletedTo) {
          decoded.addAll(source.events(List.copyOf(event)));
        }
      }
      event.clear();
    }
  }
}
