package io.duckpond.journal.commit;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.TransactionCodec;
import io.duckpond.journal.attachment.EventReader;
import io.duckpond.journal.attachment.StoredAttachments;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Stopwatch;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.StagedFile;
import io.duckpond.journal.table.TableVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/**
 * Where transactions wait for the next Delta commit. Any thread; one task at a time runs on the
 * executor and commits.
 *
 * <pre>
 *   submit, delete ──────────────────► waiting ─┐
 *   join, contribute ─► held until complete ────┼─► flush: number, encode, append ─► all are told
 *                       if large: written ahead ┘
 * </pre>
 *
 * Everything that waits goes into the next flush, within its bounds; one flush is one Delta commit.
 * The stages that callers get complete on the committing thread (those of a large transaction on
 * another of the executor's) once the commit is durable, or fail with {@link JournalException} if
 * it is not: who depends on them must not block there. A flush that fails takes all that waits with
 * it; then the table's head is read again and work goes on.
 */
public final class CommitQueue implements AutoCloseable {
  private final CommitSettings settings;
  private final Timer timer;
  private final RecordCodec recordCodec;
  private final TransactionCodec transactionCodec;
  private final EventEncoder encoder;
  private final EventReader events;
  private final PendingTransactions pending;
  private final CommitLoop loop;
  private final Preparation preparation;

  /**
   * @param table not closed with this queue, which is the only one to append to it
   * @param executor runs the committing task, and tasks that write large transactions ahead; they
   *     block on the disk
   */
  public CommitQueue(
      LogTable table,
      EventCodec codec,
      CommitSettings settings,
      Clock clock,
      Executor executor,
      Timer timer) {
    this.settings = settings;
    this.timer = timer;
    this.recordCodec = new RecordCodec(codec.columns(), settings.memoryLimit());
    this.transactionCodec = new TransactionCodec(settings.memoryLimit());
    this.encoder = new EventEncoder(codec, recordCodec, settings.memoryLimit() / 4);
    this.events = new EventReader(codec, new StoredAttachments(codec, recordCodec, table::head));
    this.pending = new PendingTransactions(settings);
    FlushBuilder builder = new FlushBuilder(recordCodec, transactionCodec, clock);
    this.loop = new CommitLoop(table, builder, pending, settings, clock, executor, timer);
    this.preparation = new Preparation(table, builder, pending, executor);
  }

  /** Returns what makes the table's events of their rows. */
  public EventReader events() {
    return events;
  }

  /** Returns the codec of the table's inner rows, for readers; closed with this queue. */
  public RecordCodec recordCodec() {
    return recordCodec;
  }

  /**
   * Queues events as a transaction of their own. What the codec refuses is thrown here, before
   * anything is queued; a sequence number that does not follow is an {@link IllegalStateException}
   * in the stage.
   */
  public CompletionStage<Receipt> submit(List<PendingEvent> events) {
    return enqueue(encoder.encode(events), List.of());
  }

  /** Queues a record that keeps ranges of a partition, as stored so far, from being replayed. */
  public CompletionStage<Receipt> delete(String partId, List<SequenceRange> ranges) {
    return enqueue(
        List.of(),
        ranges.stream().map(range -> new QueuedTransaction.Deletion(partId, range)).toList());
  }

  private CompletionStage<Receipt> enqueue(
      List<EncodedEvent> events, List<QueuedTransaction.Deletion> deletions) {
    CompletableFuture<Receipt> done = new CompletableFuture<>();
    try {
      pending.add(
          new QueuedTransaction(
              Optional.empty(), events, deletions, List.of(), Optional.empty(), new byte[0], done));
    } catch (JournalException | IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
    loop.schedule();
    return done.copy();
  }

  /**
   * Adds events of one partition to transaction {@code txnId}, as one of its {@code participants}.
   * Whatever goes wrong fails the whole transaction, through the stages.
   */
  public CompletionStage<Receipt> join(String txnId, int participants, List<PendingEvent> events) {
    return arrive(txnId, participants, events, List.of(), new byte[0]);
  }

  /** Adds what an owner contributes to its transaction, likewise. */
  public CompletionStage<Receipt> contribute(
      String txnId, int participants, Contribution contribution) {
    List<PendingEvent> events =
        contribution.firstEvents().stream()
            .map(first -> new PendingEvent(first.partId(), 1, first.event(), "", "", List.of()))
            .toList();
    return arrive(txnId, participants, events, contribution.staged(), contribution.description());
  }

  private CompletionStage<Receipt> arrive(
      String txnId,
      int participants,
      List<PendingEvent> events,
      List<StagedFile> staged,
      byte[] description) {
    HeldGroup group;
    try {
      group = pending.group(txnId, participants);
    } catch (JournalException | IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (group.startTimeout()) {
      group.timeout(timer.after(settings.groupTimeout(), () -> expire(group)));
    }
    try {
      switch (pending.hold(group, participants, encoder.encode(events), staged, description)) {
        case INCOMPLETE -> {}
        case QUEUED -> {
          group.cancelTimeout();
          loop.schedule();
        }
        case LARGE -> {
          group.cancelTimeout();
          preparation.start(group, loop::schedule, failure -> fail(group, failure));
        }
      }
    } catch (RuntimeException e) {
      // Whatever a codec throws is the transaction's end, and no one else's.
      fail(
          group,
          JournalException.notStored(PendingTransactions.name(txnId) + ": " + e.getMessage(), e));
    }
    return group.done().copy();
  }

  /**
   * Fails a transaction that waits for a participant of which its owner knows that it will not
   * come; does nothing if the transaction is complete, has ended or has not begun.
   */
  public void abandon(String txnId, RuntimeException cause) {
    pending.held(txnId).ifPresent(group -> end(group, cause, pending.giveUp(group, cause)));
  }

  private void expire(HeldGroup group) {
    String message =
        "%s: only %s came within %d ms"
            .formatted(
                PendingTransactions.name(group.txnId()),
                pending.progress(group),
                settings.groupTimeout().toMillis());
    JournalException late = JournalException.notStored(message, new TimeoutException(message));
    end(group, late, pending.giveUp(group, late));
  }

  private void fail(HeldGroup group, RuntimeException cause) {
    end(group, cause, pending.abandon(group, cause));
  }

  private static void end(
      HeldGroup group, RuntimeException cause, Optional<List<CompletableFuture<Void>>> settled) {
    if (settled.isPresent()) {
      group.cancelTimeout();
      group.done().completeExceptionally(cause);
      settled.get().forEach(future -> future.complete(null));
    }
  }

  /**
   * Completes when no write of the partition is held, queued or being flushed, with a version of
   * the table that shows all of them.
   */
  public CompletionStage<TableVersion> settled(String partId) {
    return pending.settled(partId).thenCompose(done -> loop.readable());
  }

  /** Completes with a version of the table that shows every write that has been answered. */
  public CompletionStage<TableVersion> readable() {
    return loop.readable();
  }

  /**
   * Has {@code changed} run whenever {@link #readable} may have something new to show, and once
   * when this queue is closed: on the committing thread, before the writes of the commit are
   * answered, so it must be quick and throw nothing. Returns what stops that.
   */
  public Runnable watch(Runnable changed) {
    return loop.watch(changed);
  }

  /**
   * Merges all data files of the table into as few as there can be, makes a checkpoint and removes
   * what nobody needs any more; writes go on meanwhile. Completes with the version that it made.
   */
  public CompletionStage<TableVersion> maintain() {
    return loop.maintain();
  }

  /** Tells {@code observer} from now on what this queue does, and of the replays it is told of. */
  public void observe(JournalObserver observer) {
    loop.observe(observer);
  }

  /** Measures something by the clock of this queue. */
  public Stopwatch stopwatch() {
    return loop.stopwatch();
  }

  /** Told how long a replay took, for the observers. */
  public void replayed(Duration took) {
    loop.replayed(took);
  }

  /** Returns the bytes of rows that wait to be written or are held for their transaction. */
  public long pendingBytes() {
    return pending.bytes();
  }

  /** Returns whether this queue has been closed: it will show nothing new any more. */
  public boolean isClosed() {
    return loop.isClosed();
  }

  /** Returns the highest sequence number, queued writes included, if it is in memory. */
  public OptionalLong highest(String partId) {
    return pending.highest(partId);
  }

  /** Tells the queue a highest sequence number that was read from the table. */
  public void learn(String partId, long highest) {
    pending.learn(partId, highest);
  }

  /** Returns the receipt of a grouped transaction that is durable and not long past. */
  public Optional<Receipt> receipt(String txnId) {
    return pending.receipt(txnId);
  }

  /** Fails what is held, writes what waits, and returns when the last flush has ended. */
  @Override
  public void close() {
    preparation.close(); // what is being written ahead is complete, and can be flushed
    for (HeldGroup group : pending.close()) {
      fail(group, PendingTransactions.closing(PendingTransactions.name(group.txnId())));
    }
    preparation.close();
    if (loop.close()) {
      recordCodec.close();
      transactionCodec.close();
    }
  }
}
