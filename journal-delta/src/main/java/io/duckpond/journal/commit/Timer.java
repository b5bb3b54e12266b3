package io.duckpond.journal.commit;

import java.time.Duration;

/** Runs something later: a system's scheduler, or what a simulation drives. Any thread. */
@FunctionalInterface
public interface Timer {

  /** Runs {@code task} once, not before {@code delay} is over, on a thread of its choice. */
  Cancellation after(Duration delay, Runnable task);

  /** Takes back what has not run yet. */
  @FunctionalInterface
  interface Cancellation {
    /** Does nothing if it has run. */
    void cancel();
  }
}
