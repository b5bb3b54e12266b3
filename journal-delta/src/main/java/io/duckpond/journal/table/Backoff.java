package io.duckpond.journal.table;

/**
 * Says on which occasions to try again what fails: not on the next one, then not on the next three,
 * and so on up to a thousand, as a disk that is full stays so for a while. Any thread.
 */
final class Backoff {
  private static final int MOST = 10;

  private int failures;
  private int toSkip;

  /** Returns whether to try on this occasion. */
  synchronized boolean isDue() {
    if (toSkip == 0) {
      return true;
    }
    toSkip--;
    return false;
  }

  /** Told that a try failed. */
  synchronized void failed() {
    failures = Math.min(failures + 1, MOST);
    toSkip = (1 << failures) - 1;
  }

  /** Told that a try did not: the next occasion is due. */
  synchronized void succeeded() {
    failures = 0;
    toSkip = 0;
  }
}
