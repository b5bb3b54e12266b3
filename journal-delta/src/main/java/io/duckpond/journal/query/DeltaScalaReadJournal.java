package io.duckpond.journal.query;

import io.duckpond.journal.recovery.RecoveredPartition;
import io.duckpond.journal.recovery.RecoveryOptions;
import io.duckpond.journal.recovery.RecoveryProgress;
import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.scaladsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.scaladsl.CurrentEventsByTagQuery;
import org.apache.pekko.persistence.query.scaladsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.scaladsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.scaladsl.EventsByTagQuery;
import org.apache.pekko.persistence.query.scaladsl.PersistenceIdsQuery;
import org.apache.pekko.persistence.query.scaladsl.ReadJournal;
import org.apache.pekko.stream.scaladsl.Source;

/**
 * {@link DeltaReadJournal}, for Scala.
 *
 * <pre>{@code
 * val journal = PersistenceQuery(system)
 *   .readJournalFor[DeltaScalaReadJournal](DeltaReadJournal.IDENTIFIER)
 * }</pre>
 */
public final class DeltaScalaReadJournal
    implements ReadJournal,
        PersistenceIdsQuery,
        CurrentPersistenceIdsQuery,
        EventsByPersistenceIdQuery,
        CurrentEventsByPersistenceIdQuery,
        EventsByTagQuery,
        CurrentEventsByTagQuery {
  private final Queries queries;

  DeltaScalaReadJournal(Queries queries) {
    this.queries = queries;
  }

  @Override
  public Source<String, NotUsed> persistenceIds() {
    return queries.persistenceIds(true).asScala();
  }

  @Override
  public Source<String, NotUsed> currentPersistenceIds() {
    return queries.persistenceIds(false).asScala();
  }

  @Override
  public Source<EventEnvelope, NotUsed> eventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return queries.byPersistenceId(persistenceId, fromSequenceNr, toSequenceNr, true).asScala();
  }

  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return queries.byPersistenceId(persistenceId, fromSequenceNr, toSequenceNr, false).asScala();
  }

  @Override
  public Source<EventEnvelope, NotUsed> eventsByTag(String tag, Offset offset) {
    return queries.byTag(tag, offset, true).asScala();
  }

  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByTag(String tag, Offset offset) {
    return queries.byTag(tag, offset, false).asScala();
  }

  /** As {@link DeltaReadJournal#eventsInCommitOrder}. */
  public Source<EventEnvelope, NotUsed> eventsInCommitOrder(Offset offset) {
    return queries.inCommitOrder(offset, true).asScala();
  }

  /** As {@link DeltaReadJournal#currentEventsInCommitOrder}. */
  public Source<EventEnvelope, NotUsed> currentEventsInCommitOrder(Offset offset) {
    return queries.inCommitOrder(offset, false).asScala();
  }

  /** As {@link DeltaReadJournal#recoverAll(RecoveryOptions)}. */
  public Source<RecoveredPartition, RecoveryProgress> recoverAll(RecoveryOptions options) {
    return queries.recoverAll(options).asScala();
  }
}
