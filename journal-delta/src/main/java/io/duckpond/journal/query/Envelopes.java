package io.duckpond.journal.query;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.EventAdapters;
import org.apache.pekko.persistence.query.EventEnvelope;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Makes of stored events what a query hands out. Any thread. */
record Envelopes(EventCodec codec, EventAdapters adapters) {

  /** Returns the envelopes of events; a read adapter can make any number of one event. */
  List<EventEnvelope> of(Iterable<StoredEvent> events) {
    List<EventEnvelope> envelopes = new ArrayList<>();
    for (StoredEvent event : events) {
      add(event, envelopes);
    }
    return envelopes;
  }

  private void add(StoredEvent event, List<EventEnvelope> envelopes) {
    InnerRow row = event.rows().get(0);
    Object payload = codec.decode(event.rows());
    Option<Object> metadata = Option.empty();
    if (payload instanceof PersistentRepr wrapped) { // the journal's way to keep metadata
      metadata = wrapped.metadata();
      payload = wrapped.payload();
    }
    var adapted = adapters.get(payload.getClass()).fromJournal(payload, row.manifest());
    for (Object each : CollectionConverters.asJava(adapted.events())) {
      envelopes.add(
          EventEnvelope.apply(
              event.offset(),
              row.partId(),
              row.seqNr(),
              each,
              row.timestampMicros() / 1_000,
              metadata));
    }
  }
}
