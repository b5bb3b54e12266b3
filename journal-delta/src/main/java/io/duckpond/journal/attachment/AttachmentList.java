package io.duckpond.journal.attachment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.arrow.Blob;
import io.duckpond.journal.disk.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is attached to an event, as it stands beside the event: all of it but the bytes. Stored as a
 * blob labelled {@code attachments}, big-endian:
 *
 * <pre>
 *   1 (int32: the form) | count (int32) | of each: length of the name (int32), name (UTF-8),
 *   size (int64), SHA-256 (32 bytes)
 * </pre>
 *
 * The bytes of attachment {@code i} stand in blobs labelled {@code i/0}, {@code i/1} and so on.
 */
record AttachmentList(List<Entry> entries) {
  private static final String LABEL = "attachments";
  private static final int FORM = 1;

  /** One attachment. */
  record Entry(String name, long size, Sha256 sha256) {}

  AttachmentList {
    entries = List.copyOf(entries);
  }

  Blob blob() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORM);
      out.writeInt(entries.size());
      for (Entry entry : entries) {
        byte[] name = entry.name().getBytes(UTF_8);
        out.writeInt(name.length);
        out.write(name);
        out.writeLong(entry.size());
        out.write(entry.sha256().bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return new Blob(LABEL, bytes.toByteArray());
  }

  /**
   * Returns the list of a blob, if it is one; throws {@link IllegalArgumentException} if not whole.
   */
  static Optional<AttachmentList> of(Blob blob) {
    return blob.label().equals(LABEL) ? Optional.of(parse(blob.bytes())) : Optional.empty();
  }

  private static AttachmentList parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int form = in.getInt();
      if (form != FORM) {
        throw new IllegalArgumentException("a list of attachments of form [" + form + "]");
      }
      int count = in.getInt();
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = new String(take(in, in.getInt()), UTF_8);
        entries.add(new Entry(name, in.getLong(), Sha256.from(take(in, Sha256.BYTES))));
      }
      return new AttachmentList(entries);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a list of attachments without its end", e);
    }
  }

  private static byte[] take(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
