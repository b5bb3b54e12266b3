package io.duckpond.feed;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.pekko.Done;

/**
 * Tells those who wait that there may be new transactions: at once when this process has committed
 * one, and from time to time as other processes may have. While nobody waits, nothing runs. Any
 * thread.
 */
public final class Commits {
  /** So long a transaction of another process may go unnoticed. */
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Executor thread;
  private final Consumer<Duration> pause;
  private CompletableFuture<Done> next = new CompletableFuture<>();
  private boolean ticking;

  /**
   * Nobody waits yet.
   *
   * @param thread is kept by a task while somebody waits
   * @param pause lets a time pass
   */
  public Commits(Executor thread, Consumer<Duration> pause) {
    this.thread = thread;
    this.pause = pause;
  }

  /** Wakes all who wait now. */
  public void wake() {
    CompletableFuture<Done> waited;
    synchronized (this) {
      waited = next;
      next = new CompletableFuture<>();
    }
    waited.complete(Done.getInstance());
  }

  /** Completes when the log is worth another look; asked for before the look that finds nothing. */
  CompletableFuture<Done> next() {
    synchronized (this) {
      return next;
    }
  }

  /** Sees to it that those who wait are woken in a while. */
  void tick() {
    synchronized (this) {
      if (ticking) {
        return;
      }
      ticking = true;
    }
    try {
      thread.execute(
          () -> {
            pause.accept(INTERVAL);
            end();
          });
    } catch (RejectedExecutionException e) {
      end(); // the pond is closed, which those who wait are to find out
    }
  }

  private void end() {
    synchronized (this) {
      ticking = false;
    }
    wake();
  }
}
