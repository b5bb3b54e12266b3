package io.duckpond.journal.check;

/** Told how far a check is; called from any thread. */
@FunctionalInterface
public interface CheckProgress {

  /** So many files and bytes of what is being checked. */
  void at(long files, long bytes);
}
