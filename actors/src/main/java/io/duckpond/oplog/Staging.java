package io.duckpond.oplog;

import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import java.io.IOException;
import java.util.List;

/**
 * Takes small contents of one transaction into staged files of the log as they arrive, so that a
 * transaction of any size needs bounded memory. For one thread at a time.
 */
public interface Staging extends AutoCloseable {

  /** Stores the row now, in a file that the commit will list, and returns its place. */
  ContentLocator.Logged stage(String partId, OplogEntry.SmallFile row) throws IOException;

  /**
   * Returns the newest staged row of a file's version; for a transaction that reads what it wrote.
   */
  OplogEntry.SmallFile read(ContentLocator.Logged place, NodeId node, long version)
      throws IOException;

  /**
   * A moment to go back to.
   *
   * @param files finished then
   * @param records in the file that was being written
   * @param rows staged
   */
  record Mark(int files, int records, long rows) {
    /** Before anything was staged. */
    public static final Mark START = new Mark(0, 0, 0);
  }

  /** Returns the present moment. What is staged later has another place than what was before. */
  Mark mark() throws IOException;

  /** Drops what was staged after a moment, as far as no commit may have listed it. */
  void rewind(Mark mark);

  /** Returns the number of rows staged; costs nothing. */
  long count();

  /** Returns all rows staged, without their bytes; reads the staged files. */
  List<OplogRow> rows() throws IOException;

  /**
   * Makes everything staged so far durable, though not yet part of the log. Called before a commit
   * on the thread of its caller, so that the Committer, which is an actor, does no I/O.
   */
  void finish() throws IOException;

  /**
   * Fails if a staged file is no longer there. Called before a commit, under the write lock:
   * without it a repair may have set aside what no commit listed yet.
   */
  void demandThere() throws IOException;

  /** Removes what was staged, unless a commit has listed it or may yet. */
  @Override
  void close();
}
