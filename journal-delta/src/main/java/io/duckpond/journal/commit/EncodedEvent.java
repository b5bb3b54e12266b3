package io.duckpond.journal.commit;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that the codec has accepted, as rows; nothing about it can be refused any more.
 *
 * @param rows what recovery reads, at least one
 * @param attachments what it does not read
 * @param bytes of all of them
 */
record EncodedEvent(PendingEvent source, List<Row> rows, List<Row> attachments, long bytes) {
  static final Comparator<EncodedEvent> ORDER =
      Comparator.comparing(EncodedEvent::partId).thenComparingLong(EncodedEvent::seqNr);

  /** The codec's columns of a row and the bytes that the row adds to a record. */
  record Row(List<@Nullable Object> values, long bytes) {}

  String partId() {
    return source.partId();
  }

  long seqNr() {
    return source.seqNr();
  }

  int rowCount() {
    return rows.size() + attachments.size();
  }
}
