package io.duckpond.journal.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A table on which upkeep has nothing left to do. */
final class Upkept {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  private Upkept() {}

  /** Returns when the table's files have not changed for a while. */
  static void await(OpenJournal journal) throws IOException {
    long bytes = -1;
    long since = System.nanoTime();
    while (System.nanoTime() - since < QUIET.toNanos()) {
      long now = Scratch.bytes(journal.directory());
      if (now != bytes) {
        bytes = now;
        since = System.nanoTime();
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
