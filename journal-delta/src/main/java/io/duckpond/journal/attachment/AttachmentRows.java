package io.duckpond.journal.attachment;

import io.duckpond.journal.arrow.Blob;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.RowSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes attachments as rows. Any thread. */
public final class AttachmentRows {
  /** A row of as many bytes fits a record of 1 MiB, with its keys. */
  static final int PART_BYTES = 1_000_000;

  private AttachmentRows() {}

  /**
   * Writes the rows of an event, whatever it is: the codec's own, and those of its attachments if
   * it is {@link Attached}.
   *
   * @throws IllegalArgumentException, or whatever the codec throws, if it cannot be stored
   */
  public static void encode(Object event, EventCodec codec, RowSink sink) {
    if (!(event instanceof Attached<?> attached)) {
      codec.encode(event, sink);
      return;
    }
    codec.encode(attached.event(), sink);
    List<AttachmentList.Entry> entries = new ArrayList<>();
    for (Attachment each : attached.attachments()) {
      if (!(each instanceof NewAttachment attachment)) {
        throw new IllegalArgumentException(
            each + " is that of another event; read it, and attach its bytes");
      }
      bytes(attachment.bytes(), entries.size(), codec, sink);
      entries.add(
          new AttachmentList.Entry(attachment.name(), attachment.size(), attachment.sha256()));
    }
    sink.event(codec.blobRow(new AttachmentList(entries).blob()));
  }

  private static void bytes(byte[] bytes, int index, EventCodec codec, RowSink sink) {
    for (int part = 0, at = 0; at < bytes.length; part++, at += PART_BYTES) {
      int end = Math.min(bytes.length, at + PART_BYTES);
      byte[] piece = end - at == bytes.length ? bytes : Arrays.copyOfRange(bytes, at, end);
      sink.attachment(codec.blobRow(new Blob(label(index, part), piece)));
    }
  }

  static String label(int index, int part) {
    return index + "/" + part;
  }
}
