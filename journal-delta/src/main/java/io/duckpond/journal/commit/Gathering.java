package io.duckpond.journal.commit;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Gives those whom a flush has just answered a moment to come back, so that they are in the next
 * one together: who comes a little late waits for all of another flush. A lone writer waits for
 * nobody. PostgreSQL's {@code commit_delay} serves the same end.
 *
 * <p>Counts looks and reads no clock: each takes 20 µs and what the system's timers add, some 70 µs
 * on Linux. For the committing thread.
 */
final class Gathering {
  private static final long LOOK_NANOS = 20_000;
  private static final int MOST_LOOKS = 8;

  /** After so many looks that show nobody new, nobody is on the way. */
  private static final int LULL = 2;

  private int answered;

  /** Told how many transactions a flush has answered. */
  void answered(int transactions) {
    answered = transactions;
  }

  /** Returns when as many wait as were answered last, or no more seem to come. */
  void await(IntSupplier waiting) {
    if (answered < 2) {
      return;
    }
    int before = waiting.getAsInt();
    int lull = 0;
    for (int look = 0; before < answered && look < MOST_LOOKS && lull < LULL; look++) {
      LockSupport.parkNanos(LOOK_NANOS);
      int now = waiting.getAsInt();
      lull = now == before ? lull + 1 : 0;
      before = now;
    }
    answered = 0; // who has not come by now comes at a time of their own
  }
}
