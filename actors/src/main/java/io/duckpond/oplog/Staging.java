package io.duckpond.oplog;

import io.duckpond.node.ContentLocator;
import java.io.IOException;

/**
 * Takes small contents of one transaction into staged files of the log as they arrive, so that a
 * transaction of any size needs bounded memory. For one thread.
 */
public interface Staging extends AutoCloseable {

  /** Stores the row now, in a file that the commit will list, and returns its place. */
  ContentLocator.Logged stage(String partId, OplogEntry.SmallFile row) throws IOException;

  /** Removes what was staged, unless a commit has listed it. */
  @Override
  void close();
}
