package io.duckpond;

import io.duckpond.oplog.OplogRow;
import io.duckpond.transaction.Savepoint;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A set of changes that becomes durable all at once, seen by nobody else until then. For one
 * thread. Isolated: it sees the pond as it was when it was opened, plus its own changes.
 *
 * <p>One whose commit met a {@link ConflictException} can still be read, but never commits,
 * whatever it goes back to: the same work is done again in another one, as {@link Pond#transact}
 * does.
 */
public interface Transaction extends AutoCloseable {

  /** Returns the root as this transaction sees it. */
  WorkingDirectory root();

  /** Returns the directories behind it, for those who open versions that they have met. */
  Tree tree();

  /** Returns the pond that it changes. */
  Pond pond();

  /** As {@link #commit(CommitInfo)} with nothing to say. */
  default CommitResult commit() throws IOException {
    return commit(CommitInfo.NONE);
  }

  /** As {@link #commit(CommitInfo)} with a message only. */
  default CommitResult commit(String message) throws IOException {
    return commit(CommitInfo.message(message));
  }

  /**
   * Makes all changes durable as one transaction and returns when they are; the transaction then
   * goes on, empty, on the new state. Without changes it writes nothing.
   *
   * @throws ConflictException if something it read to change has been changed meanwhile, or, if
   *     {@link Isolation#SERIALIZABLE}, anything it read: nothing was written; or if a commit of
   *     this transaction met one before, then with the same path and reason
   * @throws io.duckpond.journal.disk.JournalException if the disk or the lock said no: nothing was
   *     written, the changes are intact, and this may be called again
   */
  CommitResult commit(CommitInfo info) throws IOException;

  /** The same without blocking; fails with the same exceptions. */
  CompletionStage<CommitResult> commitAsync(CommitInfo info);

  /**
   * Drops all changes since the last commit; the transaction goes on, on the newest state, after a
   * conflict only to be read.
   */
  void rollback();

  /**
   * Returns the present moment, to go back to. Savepoints nest; each keeps in memory how what
   * changes after it was before.
   */
  Savepoint savepoint() throws IOException;

  /**
   * Drops all changes made after a savepoint, contents included. The savepoint stays, later ones
   * become stale; what was read since counts as read, and a conflict that was met stays met.
   *
   * @throws FileSystemException if it is stale: passed by a commit, a rollback, or a rollback to an
   *     earlier one
   */
  void rollbackTo(Savepoint savepoint) throws FileSystemException;

  /** Gives up a savepoint and those after it, with the memory that they need; keeps all changes. */
  void release(Savepoint savepoint) throws FileSystemException;

  /** Returns the nodes with uncommitted changes as absolute paths, sorted. */
  List<String> dirty();

  /** Returns the rows that a commit would write, without numbers; for {@code query --pending}. */
  List<OplogRow> pendingRows();

  /**
   * Drops what was not committed. One that was opened with {@code autoSync} commits it instead, and
   * throws if it cannot: a conflict as the cause of an {@link java.io.UncheckedIOException}, what
   * {@link #commit} throws unchecked as it is; the changes are dropped then.
   */
  @Override
  void close();
}
