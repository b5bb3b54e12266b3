package io.duckpond.oplog;

import io.duckpond.journal.Grouped;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/**
 * Hands a directory's event to the journal as a participant of its transaction, and takes stored
 * ones as they are. The codec of {@link Oplog#setup} stores the event: no serializer is asked.
 */
public final class DirectoryEventAdapter extends EventAdapter<DirectoryEvent, Object> {

  @Override
  public Object toJournal(DirectoryEvent event) {
    DirectoryEvent.Group group = event.group();
    return new Grouped(group.txnId(), group.participants(), event);
  }

  @Override
  public String manifest(DirectoryEvent event) {
    return "";
  }

  /** Takes what the journal stores, or in tests under another journal, what it was given. */
  @Override
  public EventSeq<DirectoryEvent> fromJournal(Object stored, String manifest) {
    Object event = stored instanceof Grouped grouped ? grouped.event() : stored;
    if (event instanceof DirectoryEvent directoryEvent) {
      return EventSeq.single(
          new DirectoryEvent(DirectoryEvent.Group.STORED, directoryEvent.entries()));
    }
    throw new IllegalStateException("not a directory's event: " + event.getClass().getName());
  }
}
