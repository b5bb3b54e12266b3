package io.duckpond.journal.query;

import io.duckpond.journal.attachment.Attachment;
import io.duckpond.journal.attachment.AttachmentKey;
import io.duckpond.journal.recovery.BulkRecovery;
import io.duckpond.journal.recovery.RecoveredPartition;
import io.duckpond.journal.recovery.RecoveryOptions;
import io.duckpond.journal.recovery.RecoveryProgress;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByTagQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByTagQuery;
import org.apache.pekko.persistence.query.javadsl.PersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Events and persistence ids of a journal, as streams.
 *
 * <pre>{@code
 * DeltaReadJournal journal =
 *     PersistenceQuery.get(system)
 *         .getReadJournalFor(DeltaReadJournal.class, DeltaReadJournal.IDENTIFIER);
 * journal.eventsByTag("order", offset).runForeach(this::project, system);
 * }</pre>
 *
 * <p>Every event stands under a {@link CommitOffset}, and is handed out at the earliest when it is
 * durable. A stream hands out each event once, and none is left out: events of one persistence id
 * by sequence number, else in the order of commits, so that those of one transaction are adjacent.
 * Deleted events are not handed out. A stream that is started again from the offset of the last
 * event that was dealt with goes on with the next. What was stored under read adapters is adapted:
 * events that one adapter makes of one stored event share its offset.
 *
 * <p>A query of the names that begin with {@code current} completes at the end of what was there
 * when it began. A live one waits for commits then; it ends only if its journal stops or the table
 * cannot be read: it fails. Nothing is read that is not asked for, and {@code read-bytes} at a
 * time. Streams may be run any number of times, on any thread; reading blocks only threads of the
 * read dispatcher.
 */
public final class DeltaReadJournal
    implements ReadJournal,
        PersistenceIdsQuery,
        CurrentPersistenceIdsQuery,
        EventsByPersistenceIdQuery,
        CurrentEventsByPersistenceIdQuery,
        EventsByTagQuery,
        CurrentEventsByTagQuery {
  /** The path of the section of the configuration that comes with the plugin. */
  public static final String IDENTIFIER = "pekko.persistence.delta.query";

  private final Queries queries;

  DeltaReadJournal(Queries queries) {
    this.queries = queries;
  }

  /**
   * Returns the ids that have stored an event, each once and in no particular order, even if all
   * its events are deleted; then those that store their first. Remembers in memory which it has
   * handed out.
   */
  @Override
  public Source<String, NotUsed> persistenceIds() {
    return queries.persistenceIds(true);
  }

  /** Returns the same of the ids there are now. */
  @Override
  public Source<String, NotUsed> currentPersistenceIds() {
    return queries.persistenceIds(false);
  }

  /**
   * Returns the events of a persistence id by sequence number, both ends included; completes once
   * it has passed {@code toSequenceNr}.
   */
  @Override
  public Source<EventEnvelope, NotUsed> eventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return queries.byPersistenceId(persistenceId, fromSequenceNr, toSequenceNr, true);
  }

  /** Returns the same of the events there are now. */
  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return queries.byPersistenceId(persistenceId, fromSequenceNr, toSequenceNr, false);
  }

  /**
   * Returns the events that were persisted as {@code Tagged} with a tag, in commit order. Reads all
   * events on the way.
   *
   * @param offset after which to begin: a {@link CommitOffset}, {@code NoOffset}, or {@code
   *     Sequence} for after the transaction of that number
   */
  @Override
  public Source<EventEnvelope, NotUsed> eventsByTag(String tag, Offset offset) {
    return queries.byTag(tag, offset, true);
  }

  /** Returns the same of the events there are now. */
  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByTag(String tag, Offset offset) {
    return queries.byTag(tag, offset, false);
  }

  /**
   * Returns all events in commit order.
   *
   * @param offset as for {@link #eventsByTag}
   */
  public Source<EventEnvelope, NotUsed> eventsInCommitOrder(Offset offset) {
    return queries.inCommitOrder(offset, true);
  }

  /** Returns the same of the events there are now. */
  public Source<EventEnvelope, NotUsed> currentEventsInCommitOrder(Offset offset) {
    return queries.inCommitOrder(offset, false);
  }

  /**
   * Returns every persistence id with all of its events, each once: what an application needs that
   * starts all of its actors at once, or folds all events without any. One parallel scan, which
   * reads ahead within a bound of memory and no further; see {@link BulkRecovery#partitions}. The
   * source's value says how far it has come.
   */
  public Source<RecoveredPartition, RecoveryProgress> recoverAll() {
    return recoverAll(RecoveryOptions.ALL);
  }

  /** Returns the same of what is asked for. */
  public Source<RecoveredPartition, RecoveryProgress> recoverAll(RecoveryOptions options) {
    return queries.recoverAll(options);
  }

  /**
   * Finds an attachment again, without its bytes; fails with {@code NoSuchFileException} if there
   * is none, or its event has been deleted.
   */
  public CompletionStage<Attachment> attachment(AttachmentKey key) {
    return queries.attachment(key);
  }
}
