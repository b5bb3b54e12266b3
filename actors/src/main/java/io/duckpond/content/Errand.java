package io.duckpond.content;

import io.duckpond.journal.disk.JournalException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that a helping thread does, unless whoever waits for it is faster: so waiting
 * never depends on a helper being free, and no number of waiters can lock each other up.
 */
final class Errand implements Runnable {
  private final String what;
  private final Runnable work;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean done;
  private volatile @Nullable RuntimeException failure;

  /**
   * Work to be done once.
   *
   * @param what names it in messages
   */
  Errand(String what, Runnable work) {
    this.what = what;
    this.work = work;
  }

  /** Sends somebody to do it. */
  Errand start(Executor helpers) {
    helpers.execute(this);
    return this;
  }

  @Override
  public void run() {
    if (!taken.compareAndSet(false, true)) {
      return;
    }
    try {
      work.run();
      done = true;
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      over.countDown();
    }
  }

  /** Returns whether it has failed. */
  boolean hasFailed() {
    return over.getCount() == 0 && !done;
  }

  /** Returns once it is done; throws what it failed with. */
  void await() {
    run();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JournalException.notStored(what + ": interrupted", e);
    }
    if (!done) {
      RuntimeException known = failure;
      Throwable cause = known == null ? new IllegalStateException("its thread died") : known;
      throw JournalException.notStored(what + ": " + cause.getMessage(), cause);
    }
  }
}
