package io.duckpond.transaction;

/**
 * A moment of a transaction to go back to. Stale once a commit, a rollback, or going back to an
 * earlier one has passed it.
 */
public final class Savepoint {
  final long operations;
  final long bytes;
  final PendingContents.Mark contents;

  Savepoint(long operations, long bytes, PendingContents.Mark contents) {
    this.operations = operations;
    this.bytes = bytes;
    this.contents = contents;
  }
}
