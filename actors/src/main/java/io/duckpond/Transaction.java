package io.duckpond;

import io.duckpond.oplog.OplogRow;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A set of changes that becomes durable all at once, seen by nobody else until then. For one
 * thread. Isolated: it sees the pond as it was when it was opened, plus its own changes.
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

  /**
   * Makes all changes durable as one transaction and returns when they are; the transaction then
   * goes on, empty, on the new state. Without changes it writes nothing.
   *
   * @throws ConflictException if something it read to change has been changed meanwhile: nothing
   *     was written, and it never will commit
   * @throws io.duckpond.journal.disk.JournalException if the disk or the lock said no: nothing was
   *     written, the changes are intact, and this may be called again
   */
  CommitResult commit(CommitInfo info) throws IOException;

  /** The same without blocking; fails with the same exceptions. */
  CompletionStage<CommitResult> commitAsync(CommitInfo info);

  /** Drops all changes since the last commit; the transaction goes on, on the newest state. */
  void rollback();

  /** Returns the nodes with uncommitted changes as absolute paths, sorted. */
  List<String> dirty();

  /** Returns the rows that a commit would write, without numbers; for {@code query --pending}. */
  List<OplogRow> pendingRows();

  /** Drops what was not committed. */
  @Override
  void close();
}
