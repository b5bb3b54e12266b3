package io.duckpond.journal;

import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.commit.Receipt;
import io.duckpond.journal.commit.SequenceRange;
import io.duckpond.journal.disk.Stopwatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;

/** The journal's work, free of actors: writes through the queue, reads from the table. */
final class JournalStore {
  private final CommitQueue queue;
  private final StoredEvents events;
  private final Executor readers;

  /** Tells the participants of a transaction, however many they are. */
  private final Executor tellers;

  JournalStore(CommitQueue queue, StoredEvents events, Executor readers) {
    this.queue = queue;
    this.events = events;
    this.readers = readers;
    this.tellers = new TurnTaking(readers);
  }

  CommitQueue queue() {
    return queue;
  }

  /**
   * Stores the writes in their order, each as a transaction or as a part of one. Completes when all
   * are durable, with an exception for each one that was refused before anything was queued.
   */
  CompletionStage<Iterable<Optional<Exception>>> append(Iterable<AtomicWrite> writes) {
    List<CompletableFuture<Optional<Exception>>> answers = new ArrayList<>();
    for (AtomicWrite write : writes) {
      answers.add(append(write).toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> answers.stream().map(answer -> answer.getNow(Optional.empty())).toList());
  }

  private CompletionStage<Optional<Exception>> append(AtomicWrite write) {
    try {
      IncomingWrite incoming = IncomingWrite.of(write);
      List<PendingEvent> pending = incoming.events();
      return incoming
          .transaction()
          .map(group -> join(group, pending))
          .orElseGet(() -> queue.submit(pending))
          .thenApply(receipt -> Optional.empty());
    } catch (RuntimeException refusal) {
      return CompletableFuture.completedFuture(Optional.of(refusal));
    }
  }

  private CompletionStage<Receipt> join(
      IncomingWrite.Transaction group, List<PendingEvent> pending) {
    CompletableFuture<Receipt> told = new CompletableFuture<>();
    queue
        .join(group.txnId(), group.participants(), pending)
        .whenCompleteAsync(
            (receipt, failure) -> {
              if (failure == null) {
                told.complete(receipt);
              } else {
                told.completeExceptionally(failure);
              }
            },
            tellers);
    return told;
  }

  CompletionStage<Long> highest(String partId, long hint) {
    return queue
        .settled(partId)
        .thenApplyAsync(
            version -> {
              OptionalLong known = queue.highest(partId);
              if (known.isPresent()) {
                return known.getAsLong();
              }
              try {
                long stored = StoredEvents.highest(version, partId, hint);
                queue.learn(partId, stored);
                return stored;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            readers);
  }

  CompletionStage<Void> replay(
      String partId, long from, long to, long max, Consumer<PersistentRepr> sink) {
    return queue
        .settled(partId)
        .thenAcceptAsync(
            version -> {
              Stopwatch stopwatch = queue.stopwatch();
              try {
                events.replay(version, partId, from, to, max, sink);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                queue.replayed(stopwatch.elapsed());
              }
            },
            readers);
  }

  /** Keeps events up to {@code to} from being replayed; the highest sequence number survives. */
  CompletionStage<Void> delete(String partId, long to) {
    return highest(partId, 0)
        .thenCompose(
            highest -> {
              long last = Math.min(to, highest);
              return last < 1
                  ? CompletableFuture.completedFuture(null)
                  : queue
                      .delete(partId, List.of(new SequenceRange(1, last)))
                      .thenApply(receipt -> null);
            });
  }
}
