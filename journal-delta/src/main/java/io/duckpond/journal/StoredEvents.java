package io.duckpond.journal;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.attachment.EventReader;
import io.duckpond.journal.commit.SequenceRule;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.PersistentRepr;

/** Reads the events of one partition from a version of the table. Any thread; blocks on disk. */
final class StoredEvents {
  private final EventReader reader;
  private final RecordCodec records;
  private final SequenceRule rule;

  StoredEvents(EventReader reader, RecordCodec records, SequenceRule rule) {
    this.reader = reader;
    this.records = records;
    this.rule = rule;
  }

  /**
   * Returns the highest sequence number ever stored, deleted ones included; 0 if there is none.
   *
   * @param hint a number that is not above it, to make the search shorter
   */
  static long highest(TableVersion version, String partId, long hint) throws IOException {
    long found = highestFrom(version, partId, hint);
    return found == 0 && hint > 0 ? highestFrom(version, partId, 0) : found;
  }

  private static long highestFrom(TableVersion version, String partId, long from)
      throws IOException {
    return last(
        version,
        ScanRequest.of(RecordKind.EVENT, RecordKind.DELETION)
            .partitions(Set.of(partId))
            .versions(from, Long.MAX_VALUE));
  }

  private static long last(TableVersion version, ScanRequest request) throws IOException {
    long last = 0;
    try (RecordCursor cursor = version.scan(request.withoutContent())) {
      while (cursor.next()) {
        last = Math.max(last, cursor.record().version());
      }
    }
    return last;
  }

  /** Hands out up to {@code max} events of sequence numbers {@code from} to {@code to}. */
  void replay(
      TableVersion version,
      String partId,
      long from,
      long to,
      long max,
      Consumer<PersistentRepr> sink)
      throws IOException {
    Set<String> partition = Set.of(partId);
    long deleted =
        last(version, ScanRequest.of(RecordKind.DELETION).partitions(partition).versions(from, to));
    long first = Math.max(from, deleted + 1);
    if (first > to || max <= 0) {
      return;
    }
    Replay replay = new Replay(partId, first, to, max, sink);
    ScanRequest events = ScanRequest.of(RecordKind.EVENT).partitions(partition).versions(first, to);
    try (RecordCursor cursor = version.scan(events)) {
      while (!replay.isDone() && cursor.next()) {
        replay.record(cursor.record());
      }
    }
  }

  /** One replay: gathers the rows of each event and checks that numbers follow each other. */
  private final class Replay {
    private final String partId;
    private final long from;
    private final long to;
    private final Consumer<PersistentRepr> sink;
    private final List<InnerRow> event = new ArrayList<>();
    private long remaining;
    private long previous;

    Replay(String partId, long from, long to, long max, Consumer<PersistentRepr> sink) {
      this.partId = partId;
      this.from = from;
      this.to = to;
      this.remaining = max;
      this.sink = sink;
    }

    boolean isDone() {
      return remaining == 0;
    }

    void record(LogRecord record) {
      records.decode(record, this::row);
      finish();
    }

    private void row(InnerRow row) {
      if (!event.isEmpty() && event.get(0).seqNr() != row.seqNr()) {
        finish();
      }
      event.add(row);
    }

    private void finish() {
      if (event.isEmpty()) {
        return;
      }
      InnerRow first = event.get(0);
      check(first);
      previous = first.seqNr();
      if (first.seqNr() >= from && first.seqNr() <= to && remaining > 0) {
        remaining--;
        sink.accept(persistent(first));
      }
      event.clear();
    }

    private void check(InnerRow row) {
      boolean follows =
          previous == 0
              || (rule == SequenceRule.GAPLESS
                  ? row.seqNr() == previous + 1
                  : row.seqNr() > previous);
      if (!follows || !row.partId().equals(partId)) {
        throw new DamageException(
            "partition [%s]: transaction [%d] holds sequence number [%d] of [%s] after [%d]"
                .formatted(partId, row.txnSeq(), row.seqNr(), row.partId(), previous));
      }
    }

    private PersistentRepr persistent(InnerRow row) {
      EventReader.Stored stored = reader.event(List.copyOf(event));
      PersistentRepr bare =
          PersistentRepr.apply(
                  stored.payload(),
                  row.seqNr(),
                  partId,
                  row.manifest(),
                  false,
                  ActorRef.noSender(),
                  row.writer())
              .withTimestamp(row.timestampMicros() / 1_000);
      return stored.metadata().isDefined() ? bare.withMetadata(stored.metadata().get()) : bare;
    }
  }
}
