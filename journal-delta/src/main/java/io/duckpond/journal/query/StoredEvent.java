package io.duckpond.journal.query;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.table.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One event as the table has it.
 *
 * @param rows at least one
 * @param bytes that it takes in memory, about
 */
record StoredEvent(List<InnerRow> rows, long bytes) {
  private static final long OVERHEAD = 256;

  /** Hands out the events of a record in their order. */
  static void of(LogRecord record, RecordCodec codec, Consumer<StoredEvent> sink) {
    long rowBytes = record.content().length / Math.max(1, record.count()) + OVERHEAD;
    List<InnerRow> event = new ArrayList<>();
    codec.decode(
        record,
        row -> {
          if (!event.isEmpty() && event.get(0).seqNr() != row.seqNr()) {
            sink.accept(new StoredEvent(List.copyOf(event), rowBytes * event.size()));
            event.clear();
          }
          event.add(row);
        });
    if (!event.isEmpty()) {
      sink.accept(new StoredEvent(List.copyOf(event), rowBytes * event.size()));
    }
  }

  CommitOffset offset() {
    return CommitOffset.of(rows.get(0).txnSeq(), rows.get(0).txnIndex());
  }

  String partId() {
    return rows.get(0).partId();
  }

  long seqNr() {
    return rows.get(0).seqNr();
  }

  List<String> tags() {
    return rows.get(0).tags();
  }
}
