package io.duckpond.oplog;

import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import java.io.IOException;
import org.apache.pekko.util.ByteString;

/**
 * Takes small contents of one transaction into staged files of the log as they arrive, so that a
 * transaction of any size needs bounded memory. For one thread.
 */
public interface Staging extends AutoCloseable {

  /**
   * Stores the row now, in a file that the commit will list, and returns its place. A file written
   * twice in one transaction is staged twice under the same node and version; if both rows share a
   * place, the later one counts, here and for every later reader of the log.
   */
  ContentLocator.Logged stage(String partId, OplogEntry.SmallFile row) throws IOException;

  /** Returns the bytes staged at {@code place}, before the commit. */
  ByteString read(ContentLocator.Logged place, NodeId node, long version) throws IOException;

  /** Removes what was staged, unless a commit has listed it. */
  @Override
  void close();
}
