package io.duckpond.journal.attachment;

import io.duckpond.journal.arrow.Blob;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.disk.DamageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.persistence.PersistentRepr;
import scala.Option;

/** Makes events of their rows, with references to what is attached to them. Any thread. */
public final class EventReader {
  private final EventCodec codec;
  private final StoredAttachments attachments;

  /**
   * Reads events of a table.
   *
   * @param attachments of the same table
   */
  public EventReader(EventCodec codec, StoredAttachments attachments) {
    this.codec = codec;
    this.attachments = attachments;
  }

  /** Returns the attachments of the events. */
  public StoredAttachments attachments() {
    return attachments;
  }

  /**
   * An event.
   *
   * @param payload what was persisted; an {@link Attached} if it has attachments
   * @param metadata that a replicated event has, or none
   */
  public record Stored(Object payload, Option<Object> metadata) {}

  /** Returns the event of its rows, attachments left out. */
  public Stored event(List<InnerRow> rows) {
    Optional<AttachmentList> list = list(codec, rows);
    Object payload = codec.decode(list.isPresent() ? rows.subList(0, rows.size() - 1) : rows);
    Option<Object> metadata = Option.empty();
    if (payload instanceof PersistentRepr wrapped) { // the journal's way to keep metadata
      metadata = wrapped.metadata();
      payload = wrapped.payload();
    }
    if (list.isPresent()) {
      payload = new Attached<>(payload, references(rows.get(0), list.get()));
    }
    return new Stored(payload, metadata);
  }

  private List<Attachment> references(InnerRow of, AttachmentList list) {
    List<Attachment> references = new ArrayList<>();
    for (AttachmentList.Entry entry : list.entries()) {
      AttachmentKey key = new AttachmentKey(of.partId(), of.seqNr(), references.size());
      references.add(new StoredAttachment(key, entry, attachments));
    }
    return references;
  }

  /** Returns the list that stands behind the rows of an event, if there is one. */
  static Optional<AttachmentList> list(EventCodec codec, List<InnerRow> rows) {
    if (rows.size() < 2) {
      return Optional.empty();
    }
    InnerRow last = rows.get(rows.size() - 1);
    Optional<Blob> blob = codec.blob(last);
    try {
      return blob.flatMap(AttachmentList::of);
    } catch (IllegalArgumentException e) {
      throw new DamageException(
          "partition [%s] sequence number [%d]: %s"
              .formatted(last.partId(), last.seqNr(), e.getMessage()),
          e);
    }
  }
}
