package io.duckpond.journal.attachment;

import io.duckpond.journal.arrow.Blob;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The bytes of one attachment, record after record. Every record's own digest has been checked
 * before its bytes are given out; the attachment's is at the end.
 */
final class AttachmentStream extends InputStream {
  /** Files may be rewritten while they are read; the rest is then read from the newest version. */
  private static final int ATTEMPTS = 5;

  private final StoredAttachment attachment;
  private final StoredAttachments table;
  private final MessageDigest digest = Sha256.digest();
  private final Deque<byte[]> ready = new ArrayDeque<>();
  private RecordCursor cursor;
  private int attempts = ATTEMPTS;
  private int position;
  private int parts;
  private long bytes;
  private boolean verified;

  AttachmentStream(StoredAttachment attachment, StoredAttachments table) throws IOException {
    this.attachment = attachment;
    this.table = table;
    this.cursor = scan();
  }

  private RecordCursor scan() throws IOException {
    AttachmentKey key = attachment.key();
    return table
        .newest()
        .scan(
            ScanRequest.of(RecordKind.ATTACHMENT)
                .partitions(Set.of(key.persistenceId()))
                .versions(key.sequenceNr(), key.sequenceNr()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (ready.isEmpty() && !fill()) {
      return -1;
    }
    byte[] part = ready.element();
    int count = Math.min(length, part.length - position);
    System.arraycopy(part, position, into, offset, count);
    position += count;
    if (position == part.length) {
      ready.remove();
      position = 0;
    }
    return count;
  }

  /** Reads on to the next record that holds a part; false at the end. */
  private boolean fill() throws IOException {
    while (ready.isEmpty() && bytes < attachment.size() && next()) {
      table.records().decode(cursor.record(), this::take);
    }
    if (ready.isEmpty() && !verified) {
      verify();
      verified = true;
    }
    return !ready.isEmpty();
  }

  private boolean next() throws IOException {
    while (true) {
      try {
        return cursor.next();
      } catch (JournalException e) {
        if (!(e.getCause() instanceof NoSuchFileException) || --attempts == 0) {
          throw e;
        }
        cursor.close();
        cursor = scan();
      }
    }
  }

  private void take(InnerRow row) {
    AttachmentKey key = attachment.key();
    if (row.seqNr() != key.sequenceNr() || !row.partId().equals(key.persistenceId())) {
      return;
    }
    Optional<Blob> blob = table.codec().blob(row);
    // Parts of the same attachment that were given out before its file was rewritten are passed by.
    if (blob.isPresent() && blob.get().label().equals(AttachmentRows.label(key.index(), parts))) {
      byte[] part = blob.get().bytes();
      parts++;
      bytes += part.length;
      digest.update(part);
      ready.add(part);
    }
  }

  private void verify() {
    Sha256 found = Sha256.from(digest.digest());
    if (bytes != attachment.size() || !found.equals(attachment.sha256())) {
      throw new DamageException(
          "attachment [%s] is damaged: expected [%d] bytes of SHA-256 %s, found [%d] of %s"
              .formatted(attachment.key(), attachment.size(), attachment.sha256(), bytes, found));
    }
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
