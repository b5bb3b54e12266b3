package io.duckpond.journal.commit;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Stopwatch;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flushes what waits, one flush after another, until nothing does. At most one thread is in the
 * loop; no thread is kept while there is nothing to do.
 */
final class CommitLoop {
  private static final Logger logger = LoggerFactory.getLogger(CommitLoop.class);

  private final Object lock = new Object();
  private final LogTable table;
  private final FlushBuilder builder;
  private final PendingTransactions pending;
  private final CommitSettings settings;
  private final Clock clock;
  private final Executor executor;
  private final Timer timer;
  private final Gathering gathering = new Gathering();
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final List<JournalObserver> observers = new CopyOnWriteArrayList<>();

  // Guarded by the lock.
  private final List<CompletableFuture<TableVersion>> readers = new ArrayList<>();
  private boolean scheduled;
  private boolean running;
  private boolean closed;
  private boolean headStale;

  CommitLoop(
      LogTable table,
      FlushBuilder builder,
      PendingTransactions pending,
      CommitSettings settings,
      Clock clock,
      Executor executor,
      Timer timer) {
    this.table = table;
    this.builder = builder;
    this.pending = pending;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
    this.timer = timer;
  }

  /** Called after something was queued: sees to it that the loop runs. */
  void schedule() {
    synchronized (lock) {
      if (scheduled || running) {
        return;
      }
      scheduled = true;
    }
    if (settings.linger().isZero() || pending.bytes() >= settings.maxFlushBytes()) {
      start();
    } else {
      timer.after(settings.linger(), this::start);
    }
  }

  private void start() {
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      synchronized (lock) {
        scheduled = false;
      }
      failAll(List.of(), e);
    }
  }

  private void run() {
    synchronized (lock) {
      scheduled = false;
      if (running) {
        return;
      }
      running = true;
    }
    try {
      while (flushNext()) {}
    } catch (VirtualMachineError e) {
      // Its transactions were told; the next one to be queued starts the loop again.
      stopped();
      throw e;
    }
  }

  private boolean flushNext() {
    List<QueuedTransaction> taken;
    List<CompletableFuture<TableVersion>> asking;
    gathering.await(pending::waiting);
    synchronized (lock) {
      taken = pending.take();
      asking = List.copyOf(readers);
      readers.clear();
      if (taken.isEmpty() && asking.isEmpty()) {
        stopped();
        return false;
      }
    }
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
      // Before anyone is told, so that whoever recovers next reads what is stored.
      refreshAfter(failure);
      tellObservers(observer -> observer.failed(failure));
      asking.forEach(reader -> reader.completeExceptionally(failure));
      failAll(taken, failure);
      if (failure instanceof VirtualMachineError error) {
        throw error;
      }
    }
    return true;
  }

  private void append(List<QueuedTransaction> taken, TableVersion head) {
    Stopwatch stopwatch = stopwatch();
    FlushBuilder.Prepared prepared = builder.build(taken, head.txnSeq(), head.timestampMicros());
    TableVersion after = table.append(prepared.flush());
    tellWatchers();
    Duration took = stopwatch.elapsed();
    logger.info(
        "version [{}]: transactions [{}] rows [{}] bytes [{}] in [{}] ms, files [{}]",
        after.version(),
        taken.size(),
        prepared.rows(),
        prepared.bytes(),
        took.toMillis(),
        after.files());
    JournalObserver.Flushed flushed =
        new JournalObserver.Flushed(
            after.version(),
            taken.size(),
            prepared.rows(),
            prepared.bytes(),
            took,
            after.files(),
            after.bytes());
    tellObservers(observer -> observer.flushed(flushed));
    List<Receipt> receipts =
        prepared.transactions().stream()
            .map(numbered -> numbered.receipt(after.version()))
            .toList();
    List<CompletableFuture<Void>> settled = pending.durable(taken, receipts);
    for (int i = 0; i < taken.size(); i++) {
      tell(taken.get(i), receipts.get(i));
    }
    settled.forEach(future -> future.complete(null));
    gathering.answered(taken.size());
    table.tidy();
  }

  /** A large transaction has so many participants that the next flush does not wait for them. */
  private void tell(QueuedTransaction transaction, Receipt receipt) {
    if (transaction.prepared().isPresent()) {
      try {
        executor.execute(() -> transaction.done().complete(receipt));
        return;
      } catch (RejectedExecutionException e) {
        logger.debug("answering on the committing thread, as the executor has ended");
      }
    }
    transaction.done().complete(receipt);
  }

  // Everything queued behind may build on what has just failed: nothing limps on.
  private void failAll(List<QueuedTransaction> taken, Throwable failure) {
    RuntimeException cause =
        failure instanceof RuntimeException known
            ? known
            : JournalException.unknown("the flush failed: " + failure, failure);
    JournalException later =
        JournalException.notStored("not tried, as the flush before failed: " + failure, failure);
    List<QueuedTransaction> behind = pending.takeAllAfterFailure();
    List<CompletableFuture<Void>> settled = new ArrayList<>();
    settled.addAll(pending.failed(taken, cause));
    settled.addAll(pending.failed(behind, later));
    discardPrepared(taken, failure);
    discardPrepared(behind, failure);
    taken.forEach(transaction -> transaction.done().completeExceptionally(cause));
    behind.forEach(transaction -> transaction.done().completeExceptionally(later));
    settled.forEach(future -> future.complete(null));
  }

  /** A commit that went well all the same lists them under other names. */
  private void discardPrepared(List<QueuedTransaction> transactions, Throwable failure) {
    for (QueuedTransaction transaction : transactions) {
      try {
        transaction.prepared().ifPresent(table.staged()::discard);
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Completes with a version that shows every flush that has been answered. */
  CompletionStage<TableVersion> readable() {
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

  private boolean isHeadStale() {
    synchronized (lock) {
      return headStale;
    }
  }

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
    tellWatchers(); // what failed with an unknown outcome may be there
  }

  /** Has {@code changed} run after each commit and at the end; returns what stops that. */
  Runnable watch(Runnable changed) {
    Watcher watcher = new Watcher(changed);
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  private void tellWatchers() {
    watchers.forEach(watcher -> watcher.changed.run());
  }

  /** Not equal to any other, should the same task watch twice. */
  private static final class Watcher {
    private final Runnable changed;

    Watcher(Runnable changed) {
      this.changed = changed;
    }
  }

  void observe(JournalObserver observer) {
    observers.add(observer);
  }

  Stopwatch stopwatch() {
    return Stopwatch.start(clock);
  }

  void replayed(Duration took) {
    tellObservers(observer -> observer.replayed(took));
  }

  /** What counts does not decide what is durable. */
  private void tellObservers(Consumer<JournalObserver> news) {
    for (JournalObserver observer : observers) {
      try {
        news.accept(observer);
      } catch (RuntimeException e) {
        logger.warn("an observer of the journal failed", e);
      }
    }
  }

  CompletionStage<TableVersion> maintain() {
    return table.maintain();
  }

  boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Flushes what waits and returns when no thread is in the loop; true for the first call. */
  boolean close() {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      closed = true;
    }
    // On this thread, since the executor may take no tasks any more; or another is at it already.
    run();
    awaitStop();
    tellWatchers();
    return true;
  }

  private void stopped() {
    synchronized (lock) {
      running = false;
      lock.notifyAll();
    }
  }

  private void awaitStop() {
    boolean interrupted = false;
    synchronized (lock) {
      while (running) {
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
}
