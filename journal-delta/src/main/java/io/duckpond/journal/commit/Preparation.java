package io.duckpond.journal.commit;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.PreparedRecords;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Writes large transactions to files of their own before their turn has come, so that the flush
 * only has to list the file, and nobody waits for their encoding. They are still held meanwhile: a
 * later write of one of their partitions is refused. Any thread.
 */
final class Preparation {
  private final LogTable table;
  private final FlushBuilder builder;
  private final PendingTransactions pending;
  private final Executor executor;

  // Guarded by this.
  private int running;

  Preparation(
      LogTable table, FlushBuilder builder, PendingTransactions pending, Executor executor) {
    this.table = table;
    this.builder = builder;
    this.pending = pending;
    this.executor = executor;
  }

  /**
   * Has a complete group written.
   *
   * @param queued run once it waits for its flush
   * @param failed told why it cannot
   */
  void start(HeldGroup group, Runnable queued, Consumer<RuntimeException> failed) {
    try {
      executor.execute(() -> run(group, queued, failed));
    } catch (RejectedExecutionException e) {
      failed.accept(notStored(group, e));
    }
  }

  private void run(HeldGroup group, Runnable queued, Consumer<RuntimeException> failed) {
    synchronized (this) {
      if (!pending.isHeld(group)) {
        return; // the queue has been closed
      }
      running++;
    }
    Optional<PreparedRecords> file = Optional.empty();
    boolean listed = false;
    try {
      QueuedTransaction transaction = group.transaction();
      file = Optional.of(table.staged().prepare(builder.unnumbered(transaction)));
      listed = pending.queuePrepared(group, transaction.with(file.get()));
      if (listed) {
        queued.run();
      }
    } catch (Throwable e) { // whatever it is, the participants must hear of it
      failed.accept(
          e instanceof IllegalStateException || e instanceof JournalException
              ? (RuntimeException) e
              : notStored(group, e));
      if (e instanceof VirtualMachineError error) {
        throw error;
      }
    } finally {
      if (!listed) {
        file.ifPresent(table.staged()::discard);
      }
      synchronized (this) {
        running--;
        notifyAll();
      }
    }
  }

  private static JournalException notStored(HeldGroup group, Throwable cause) {
    return JournalException.notStored(
        PendingTransactions.name(group.txnId()) + ": " + cause.getMessage(), cause);
  }

  /** Returns when nothing is being written; after all groups have failed. */
  synchronized void close() {
    boolean interrupted = false;
    while (running > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // the table must not be closed under a writer
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
