package io.duckpond.journal.query;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.attachment.EventReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.EventAdapters;
import org.apache.pekko.persistence.query.EventEnvelope;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Makes of stored events what a query hands out. Any thread. */
record Envelopes(EventReader reader, EventAdapters adapters) {

  /** Returns the envelopes of events; a read adapter can make any number of one event. */
  List<EventEnvelope> of(Iterable<StoredEvent> events) {
    List<EventEnvelope> envelopes = new ArrayList<>();
    for (StoredEvent event : events) {
      add(event, envelopes);
    }
    return envelopes;
  }

  private void add(StoredEvent event, List<EventEnvelope> envelopes) {
    Payload payload = payload(event.rows());
    InnerRow row = event.rows().get(0);
    for (Object each : payload.adapted()) {
      envelopes.add(
          EventEnvelope.apply(
              event.offset(),
              row.partId(),
              row.seqNr(),
              each,
              row.timestampMicros() / 1_000,
              payload.metadata()));
    }
  }

  /** Returns what an actor would recover from the rows of one event. */
  List<PersistentRepr> persistent(List<InnerRow> rows) {
    Payload payload = payload(rows);
    InnerRow row = rows.get(0);
    List<PersistentRepr> persistent = new ArrayList<>();
    for (Object each : payload.adapted()) {
      PersistentRepr bare =
          PersistentRepr.apply(
                  each,
                  row.seqNr(),
                  row.partId(),
                  row.manifest(),
                  false,
                  ActorRef.noSender(),
                  row.writer())
              .withTimestamp(row.timestampMicros() / 1_000);
      persistent.add(
          payload.metadata().isDefined() ? bare.withMetadata(payload.metadata().get()) : bare);
    }
    return persistent;
  }

  private Payload payload(List<InnerRow> rows) {
    EventReader.Stored stored = reader.event(rows);
    Object payload = stored.payload();
    var adapted = adapters.get(payload.getClass()).fromJournal(payload, rows.get(0).manifest());
    return new Payload(CollectionConverters.asJava(adapted.events()), stored.metadata());
  }

  private record Payload(Collection<Object> adapted, Option<Object> metadata) {}
}
