package io.duckpond.journal.commit;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.RowSink;
import io.duckpond.journal.attachment.AttachmentRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into rows on the thread that brings them, so that whatever a codec refuses is
 * refused before anything is queued. Any thread.
 */
final class EventEncoder {
  private final EventCodec codec;
  private final RecordCodec records;
  private final long maxEventBytes;

  EventEncoder(EventCodec codec, RecordCodec records, long maxEventBytes) {
    this.codec = codec;
    this.records = records;
    this.maxEventBytes = maxEventBytes;
  }

  /** Throws {@link IllegalArgumentException}, or whatever the codec throws, if it cannot. */
  List<EncodedEvent> encode(List<PendingEvent> events) {
    List<EncodedEvent> encoded = new ArrayList<>(events.size());
    for (PendingEvent event : events) {
      encoded.add(encode(event));
    }
    return encoded;
  }

  private EncodedEvent encode(PendingEvent event) {
    Rows rows = new Rows(event);
    AttachmentRows.encode(event.event(), codec, rows);
    if (rows.events.isEmpty()) {
      throw new IllegalArgumentException(
          "the codec gave no row for an event of " + event.event().getClass().getName());
    }
    if (rows.bytes > maxEventBytes) {
      throw new IllegalArgumentException(
          "an event of [" + rows.bytes + "] bytes; at most [" + maxEventBytes + "] are stored");
    }
    return new EncodedEvent(event, rows.events, rows.attachments, rows.bytes);
  }

  private final class Rows implements RowSink {
    private final PendingEvent event;
    private final List<EncodedEvent.Row> events = new ArrayList<>();
    private final List<EncodedEvent.Row> attachments = new ArrayList<>();
    private long bytes;

    Rows(PendingEvent event) {
      this.event = event;
    }

    @Override
    public void event(@Nullable Object... values) {
      events.add(row(values));
    }

    @Override
    public void attachment(@Nullable Object... values) {
      attachments.add(row(values));
    }

    private EncodedEvent.Row row(@Nullable Object[] values) {
      List<@Nullable Object> copy = Collections.unmodifiableList(Arrays.asList(values.clone()));
      long size =
          records.check(
              new InnerRow(
                  event.partId(),
                  copy,
                  event.seqNr(),
                  0,
                  0,
                  event.writer(),
                  event.manifest(),
                  event.tags(),
                  0));
      bytes += size;
      return new EncodedEvent.Row(copy, size);
    }
  }
}
