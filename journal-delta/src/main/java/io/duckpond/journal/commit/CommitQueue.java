package io.duckpond.journal.commit;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.TransactionCodec;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.StagedFile;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where transactions wait for the next Delta commit. Any thread; one task at a time runs on the
 * executor and commits.
 *
 * <pre>
 *   submit, delete ──────────────────► waiting ─┐
 *   join, contribute ─► held until complete ────┴─► flush: number, encode, append ─► all are told
 * </pre>
 *
 * Everything that waits goes into the next flush, within its bounds; one flush is one Delta commit.
 * The stages that callers get complete on the committing thread once the commit is durable, or fail
 * with {@link JournalException} if it is not: who depends on them must not block there. A flush
 * that fails takes all that waits with it; then the table's head is read again and work goes on.
 */
public final class CommitQueue implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(CommitQueue.class);

  private final Object lock = new Object();
  private final LogTable table;
  private final CommitSettings settings;
  private final Executor executor;
  private final Timer timer;
  private final RecordCodec recordCodec;
  private final TransactionCodec transactionCodec;
  private final EventEncoder encoder;
  private final FlushBuilder builder;

  // Guarded by the lock.
  private final Deque<QueuedTransaction> waiting = new ArrayDeque<>();
  private final Map<String, HeldGroup> groups = new HashMap<>();
  private final Map<String, String> heldPartitions = new HashMap<>();
  private final List<CompletableFuture<TableVersion>> readers = new ArrayList<>();
  private final SequenceGuard sequences;
  private final UnfinishedWrites unfinished = new UnfinishedWrites();
  private final Outcomes outcomes;
  private long pendingBytes;
  private boolean scheduled;
  private boolean draining;
  private boolean headStale;
  private boolean closed;

  /**
   * @param table not closed with this queue, which is the only one to append to it
   * @param executor runs the committing task, which blocks on the disk
   */
  public CommitQueue(
      LogTable table,
      EventCodec codec,
      CommitSettings settings,
      Clock clock,
      Executor executor,
      Timer timer) {
    this.table = table;
    this.settings = settings;
    this.executor = executor;
    this.timer = timer;
    this.recordCodec = new RecordCodec(codec.columns(), settings.memoryLimit());
    this.transactionCodec = new TransactionCodec(settings.memoryLimit());
    this.encoder = new EventEncoder(codec, recordCodec, settings.memoryLimit() / 4);
    this.builder = new FlushBuilder(recordCodec, transactionCodec, clock);
    this.sequences = new SequenceGuard(settings.sequenceRule(), settings.knownPartitions());
    this.outcomes = new Outcomes(settings.rememberedTransactions());
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
    return enqueue(
        new QueuedTransaction(
            Optional.empty(),
            encoder.encode(events),
            List.of(),
            List.of(),
            new byte[0],
            new CompletableFuture<>()));
  }

  /** Queues a record that keeps ranges of a partition, as stored so far, from being replayed. */
  public CompletionStage<Receipt> delete(String partId, List<SequenceRange> ranges) {
    List<QueuedTransaction.Deletion> deletions =
        ranges.stream().map(range -> new QueuedTransaction.Deletion(partId, range)).toList();
    return enqueue(
        new QueuedTransaction(
            Optional.empty(),
            List.of(),
            deletions,
            List.of(),
            new byte[0],
            new CompletableFuture<>()));
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

  /**
   * Completes when no write of the partition is held, queued or being flushed, with the version of
   * the table that then shows all of them.
   */
  public CompletionStage<TableVersion> settled(String partId) {
    synchronized (lock) {
      return unfinished.settled(partId).thenCompose(done -> readable());
    }
  }

  /** Returns the highest sequence number, queued writes included, if it is in memory. */
  public OptionalLong highest(String partId) {
    synchronized (lock) {
      return sequences.highest(partId);
    }
  }

  /** Tells the queue a highest sequence number that was read from the table. */
  public void learn(String partId, long highest) {
    synchronized (lock) {
      sequences.learn(partId, highest);
    }
  }

  /** Returns what became of a transaction that is durable and not long past. */
  public Optional<Receipt> receipt(String txnId) {
    synchronized (lock) {
      return outcomes.receipt(txnId);
    }
  }

  /** Fails what is held, writes what waits, and returns when the last flush has ended. */
  @Override
  public void close() {
    List<HeldGroup> held;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      held = List.copyOf(groups.values());
    }
    for (HeldGroup group : held) {
      fail(group, closing(name(group.txnId())));
    }
    // On this thread, since the executor may take no tasks any more; or it is at work already.
    drain();
    awaitIdle();
    recordCodec.close();
    transactionCodec.close();
  }

  private CompletionStage<Receipt> enqueue(QueuedTransaction transaction) {
    synchronized (lock) {
      try {
        checkRoom(transaction.name(), transaction.bytes());
        for (String partId : transaction.partitions()) {
          checkNotHeld(partId);
        }
        admit(transaction);
        pendingBytes += transaction.bytes();
        unfinished.begin(transaction.partitions());
      } catch (JournalException | IllegalStateException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    schedule();
    return transaction.done().copy();
  }

  private CompletionStage<Receipt> arrive(
      String txnId,
      int participants,
      List<PendingEvent> pending,
      List<StagedFile> staged,
      byte[] description) {
    List<EncodedEvent> events = List.of();
    Optional<RuntimeException> refusal = Optional.empty();
    try {
      events = encoder.encode(pending);
    } catch (RuntimeException e) {
      refusal = Optional.of(e);
    }
    HeldGroup group;
    boolean complete = false;
    synchronized (lock) {
      Optional<RuntimeException> past = outcomes.refusal(txnId);
      if (past.isPresent()) {
        return CompletableFuture.failedFuture(past.get());
      }
      if (closed) {
        return CompletableFuture.failedFuture(closing(name(txnId)));
      }
      group = groups.computeIfAbsent(txnId, id -> new HeldGroup(id, participants));
      if (refusal.isEmpty()) {
        try {
          complete = hold(group, participants, events, staged, description);
        } catch (JournalException | IllegalArgumentException | IllegalStateException e) {
          refusal = Optional.of(e);
        }
      }
    }
    if (refusal.isPresent()) {
      RuntimeException cause = refusal.get();
      fail(group, JournalException.notStored(name(txnId) + ": " + cause.getMessage(), cause));
    } else if (complete) {
      group.cancelTimeout();
      schedule();
    } else if (group.startTimeout()) {
      group.timeout(timer.after(settings.groupTimeout(), () -> expire(group)));
    }
    return group.done().copy();
  }

  /** Adds a participant; returns whether it was the last and the transaction is now queued. */
  private boolean hold(
      HeldGroup group,
      int participants,
      List<EncodedEvent> events,
      List<StagedFile> staged,
      byte[] description) {
    Set<String> partitions = HeldGroup.partitions(events);
    partitions.forEach(this::checkNotHeld);
    long before = group.bytes();
    group.add(participants, events, staged, description);
    long added = group.bytes() - before;
    pendingBytes += added;
    partitions.forEach(partId -> heldPartitions.put(partId, group.txnId()));
    unfinished.begin(partitions);
    checkRoom(name(group.txnId()), 0);
    if (!group.isComplete()) {
      return false;
    }
    admit(group.transaction());
    groups.remove(group.txnId());
    group.partitions().forEach(heldPartitions::remove);
    return true;
  }

  private void admit(QueuedTransaction transaction) {
    if (closed) {
      throw closing(transaction.name());
    }
    if (transaction.isEmpty()) {
      throw new IllegalStateException(transaction.name() + " holds nothing");
    }
    sequences.accept(transaction.events());
    waiting.add(transaction);
  }

  private void checkRoom(String name, long bytes) {
    if (pendingBytes + bytes > settings.maxPendingBytes()) {
      throw JournalException.notStored(
          name
              + ": more than ["
              + settings.maxPendingBytes()
              + "] bytes wait to be written; write less at a time",
          new IllegalStateException("[" + pendingBytes + "] bytes wait"));
    }
  }

  // A later write of the partition must not become durable before the held one.
  private void checkNotHeld(String partId) {
    String txnId = heldPartitions.get(partId);
    if (txnId != null) {
      throw JournalException.notStored(
          "partition [" + partId + "] takes no write before " + name(txnId) + " is complete",
          new IllegalStateException("held"));
    }
  }

  private void expire(HeldGroup group) {
    String progress;
    synchronized (lock) {
      progress = group.progress();
    }
    String message =
        name(group.txnId())
            + ": only "
            + progress
            + " came within "
            + settings.groupTimeout().toMillis()
            + " ms";
    fail(group, JournalException.notStored(message, new TimeoutException(message)));
  }

  /** Fails a held transaction, unless it has become complete meanwhile. */
  private void fail(HeldGroup group, JournalException cause) {
    List<CompletableFuture<Void>> settled;
    synchronized (lock) {
      if (!groups.remove(group.txnId(), group)) {
        return;
      }
      outcomes.failed(group.txnId(), cause);
      pendingBytes -= group.bytes();
      group.partitions().forEach(heldPartitions::remove);
      settled = unfinished.end(group.partitions());
    }
    group.cancelTimeout();
    group.done().completeExceptionally(cause);
    settled.forEach(future -> future.complete(null));
  }

  private void schedule() {
    boolean linger;
    synchronized (lock) {
      if (scheduled || draining) {
        return;
      }
      scheduled = true;
      linger = !settings.linger().isZero() && pendingBytes < settings.maxFlushBytes();
    }
    if (linger) {
      timer.after(settings.linger(), this::start);
    } else {
      start();
    }
  }

  private void start() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      synchronized (lock) {
        scheduled = false;
      }
      failWaiting(List.of(), e);
    }
  }

  private void drain() {
    synchronized (lock) {
      scheduled = false;
      if (draining) {
        return;
      }
      draining = true;
    }
    while (true) {
      List<QueuedTransaction> taken;
      List<CompletableFuture<TableVersion>> asking;
      synchronized (lock) {
        taken = take();
        asking = List.copyOf(readers);
        readers.clear();
        if (taken.isEmpty() && asking.isEmpty()) {
          draining = false;
          lock.notifyAll();
          return;
        }
      }
      try {
        flush(taken, asking);
      } catch (VirtualMachineError e) {
        synchronized (lock) {
          draining = false;
          lock.notifyAll();
        }
        throw e;
      }
    }
  }

  private List<QueuedTransaction> take() {
    List<QueuedTransaction> taken = new ArrayList<>();
    long bytes = 0;
    long rows = 0;
    while (!waiting.isEmpty()) {
      QueuedTransaction next = waiting.element();
      bytes += next.bytes();
      rows += next.rowCount();
      if (!taken.isEmpty()
          && (bytes > settings.maxFlushBytes() || rows > settings.maxFlushRows())) {
        break;
      }
      taken.add(waiting.remove());
    }
    return taken;
  }

  private void flush(List<QueuedTransaction> taken, List<CompletableFuture<TableVersion>> asking) {
    try {
      if (isHeadStale()) {
        refresh();
      }
      TableVersion head = table.head();
      asking.forEach(reader -> reader.complete(head));
      if (!taken.isEmpty()) {
        append(taken, head);
      }
    } catch (Throwable failure) {
      // Everything queued behind may build on what has just failed: nothing limps on.
      refreshAfter(failure);
      failWaiting(taken, failure);
      asking.forEach(reader -> reader.completeExceptionally(failure));
      if (failure instanceof VirtualMachineError error) {
        throw error;
      }
    }
  }

  private void append(List<QueuedTransaction> taken, TableVersion head) {
    long start = System.nanoTime();
    FlushBuilder.Prepared prepared = builder.build(taken, head.txnSeq(), head.timestampMicros());
    TableVersion after = table.append(prepared.flush());
    logger.info(
        "version [{}]: transactions [{}] rows [{}] bytes [{}] in [{}] ms",
        after.version(),
        taken.size(),
        prepared.rows(),
        prepared.bytes(),
        (System.nanoTime() - start) / 1_000_000);
    List<CompletableFuture<Void>> settled = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();
    synchronized (lock) {
      for (FlushBuilder.Numbered numbered : prepared.transactions()) {
        Receipt receipt = numbered.receipt(after.version());
        receipts.add(receipt);
        numbered.transaction().txnId().ifPresent(id -> outcomes.durable(id, receipt));
        settled.addAll(finish(numbered.transaction()));
      }
    }
    for (int i = 0; i < taken.size(); i++) {
      taken.get(i).done().complete(receipts.get(i));
    }
    settled.forEach(future -> future.complete(null));
  }

  private List<CompletableFuture<Void>> finish(QueuedTransaction transaction) {
    pendingBytes -= transaction.bytes();
    return unfinished.end(transaction.partitions());
  }

  private void failWaiting(List<QueuedTransaction> taken, Throwable failure) {
    List<QueuedTransaction> behind;
    List<CompletableFuture<Void>> settled = new ArrayList<>();
    RuntimeException cause =
        failure instanceof RuntimeException known
            ? known
            : JournalException.unknown("the flush failed: " + failure, failure);
    JournalException later =
        JournalException.notStored("not tried, as the flush before failed: " + failure, failure);
    synchronized (lock) {
      behind = List.copyOf(waiting);
      waiting.clear();
      sequences.clear();
      for (QueuedTransaction transaction : taken) {
        transaction.txnId().ifPresent(id -> outcomes.failed(id, cause));
        settled.addAll(finish(transaction));
      }
      for (QueuedTransaction transaction : behind) {
        transaction.txnId().ifPresent(id -> outcomes.failed(id, later));
        settled.addAll(finish(transaction));
      }
    }
    taken.forEach(transaction -> transaction.done().completeExceptionally(cause));
    behind.forEach(transaction -> transaction.done().completeExceptionally(later));
    settled.forEach(future -> future.complete(null));
  }

  private boolean isHeadStale() {
    synchronized (lock) {
      return headStale;
    }
  }

  /** Called before anyone is told, so that whoever recovers next reads what is stored. */
  private void refreshAfter(Throwable failure) {
    synchronized (lock) {
      headStale = true;
    }
    try {
      refresh();
    } catch (IOException | RuntimeException e) {
      // The next flush or reader tries again, and fails if that fails.
      failure.addSuppressed(e);
    }
  }

  private void refresh() throws IOException {
    table.refresh();
    synchronized (lock) {
      headStale = false;
    }
  }

  private CompletionStage<TableVersion> readable() {
    CompletableFuture<TableVersion> reader = new CompletableFuture<>();
    synchronized (lock) {
      if (!headStale) {
        return CompletableFuture.completedFuture(table.head());
      }
      readers.add(reader);
    }
    schedule();
    return reader;
  }

  private void awaitIdle() {
    boolean interrupted = false;
    synchronized (lock) {
      while (draining) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          // The table must not be closed under a commit: wait on, and say so afterwards.
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String name(String txnId) {
    return "transaction [" + txnId + "]";
  }

  private static JournalException closing(String name) {
    return JournalException.notStored(
        name + ": the journal is closing", new CancellationException("closing"));
  }
}
