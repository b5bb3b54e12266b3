package io.duckpond.async;

import io.duckpond.journal.disk.JournalException;
import java.nio.file.ClosedFileSystemException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs blocking calls of a pond's users on the pond's threads, a bounded number at a time and
 * waiting. The stages complete on those threads. Any thread.
 */
public final class Calls {
  /** A call that finds this many unanswered fails at once, instead of filling the heap. */
  static final int LIMIT = 10_000;

  private final Executor threads;
  private final AtomicInteger unanswered;

  /** Calls that run on {@code threads}, whichever is free. */
  public Calls(Executor threads) {
    this(threads, new AtomicInteger());
  }

  private Calls(Executor threads, AtomicInteger unanswered) {
    this.threads = threads;
    this.unanswered = unanswered;
  }

  /** Returns calls that run on the same threads, but one after another in the order of asking. */
  public Calls oneByOne() {
    return new Calls(new OneByOne(threads), unanswered);
  }

  /** Runs {@code call}; the stage fails with what it throws. */
  public <T> CompletableFuture<T> run(Callable<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (unanswered.incrementAndGet() > LIMIT) {
      unanswered.decrementAndGet();
      answer.completeExceptionally(
          JournalException.notStored(
              LIMIT + " calls wait already; try again later",
              new RejectedExecutionException("too many calls wait")));
      return answer;
    }
    try {
      threads.execute(() -> answer(answer, call));
    } catch (RejectedExecutionException e) {
      unanswered.decrementAndGet();
      ClosedFileSystemException closed = new ClosedFileSystemException();
      closed.initCause(e);
      answer.completeExceptionally(closed);
    }
    return answer;
  }

  private <T> void answer(CompletableFuture<T> answer, Callable<T> call) {
    T value;
    try {
      value = call.call();
    } catch (Exception | Error e) {
      unanswered.decrementAndGet();
      answer.completeExceptionally(e); // an Error too must reach who waits for it
      return;
    }
    unanswered.decrementAndGet(); // before what depends on the answer runs, which may call again
    answer.complete(value);
  }
}
