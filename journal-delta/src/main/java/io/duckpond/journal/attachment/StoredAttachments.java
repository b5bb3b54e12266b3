package io.duckpond.journal.attachment;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The attachments of a table. Any thread. */
public final class StoredAttachments {
  private final EventCodec codec;
  private final RecordCodec records;
  private final Supplier<TableVersion> newest;

  /**
   * Of a table whose newest known version, which costs nothing to ask for, holds all events whose
   * attachments are asked for.
   */
  public StoredAttachments(EventCodec codec, RecordCodec records, Supplier<TableVersion> newest) {
    this.codec = codec;
    this.records = records;
    this.newest = newest;
  }

  EventCodec codec() {
    return codec;
  }

  RecordCodec records() {
    return records;
  }

  TableVersion newest() {
    return newest.get();
  }

  /**
   * Finds an attachment; reads its event. Blocks on the disk.
   *
   * @throws NoSuchFileException if there is none, or its event has been deleted
   */
  public StoredAttachment find(AttachmentKey key) throws IOException {
    requireNotDeleted(key);
    ScanRequest event =
        ScanRequest.of(RecordKind.EVENT)
            .partitions(Set.of(key.persistenceId()))
            .versions(key.sequenceNr(), key.sequenceNr());
    List<InnerRow> rows = new ArrayList<>();
    try (RecordCursor cursor = newest().scan(event)) {
      while (cursor.next()) {
        records.decode(
            cursor.record(),
            row -> {
              if (row.seqNr() == key.sequenceNr()) {
                rows.add(row);
              }
            });
      }
    }
    Optional<AttachmentList> list = EventReader.list(codec, rows);
    if (list.isEmpty() || key.index() < 0 || key.index() >= list.get().entries().size()) {
      throw new NoSuchFileException(key.toString(), null, "there is no such attachment");
    }
    return new StoredAttachment(key, list.get().entries().get(key.index()), this);
  }

  InputStream open(StoredAttachment attachment) throws IOException {
    requireNotDeleted(attachment.key());
    return new AttachmentStream(attachment, this);
  }

  private void requireNotDeleted(AttachmentKey key) throws IOException {
    ScanRequest deletions =
        ScanRequest.of(RecordKind.DELETION)
            .partitions(Set.of(key.persistenceId()))
            .versions(key.sequenceNr(), Long.MAX_VALUE)
            .withoutContent();
    try (RecordCursor cursor = newest().scan(deletions)) {
      while (cursor.next()) {
        if (cursor.record().firstVersion() <= key.sequenceNr()) {
          throw new NoSuchFileException(
              key.toString(), null, "the event of this attachment has been deleted");
        }
      }
    }
  }
}
