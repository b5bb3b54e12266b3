package io.duckpond.journal.commit;

import java.time.Duration;

/**
 * Told of what a journal does, for who counts it. Called on the thread that does it, which goes on
 * only then: quick, and throws nothing.
 */
public interface JournalObserver {

  /**
   * A flush that is durable.
   *
   * @param version of the Delta table that it made
   * @param transactions in it
   * @param rows of events and attachments
   * @param bytes of those rows, as counted by the queue's bounds
   * @param took from the first row's encoding to the last sync
   * @param files data files that the table lists
   * @param tableBytes of those files
   */
  record Flushed(
      long version,
      int transactions,
      long rows,
      long bytes,
      Duration took,
      int files,
      long tableBytes) {}

  /** A flush has become durable; nobody has been answered yet. */
  void flushed(Flushed flush);

  /** A flush has failed, and all that waited with it. */
  void failed(Throwable failure);

  /** An actor has got its events, or that many of them before something failed. */
  void replayed(Duration took);
}
