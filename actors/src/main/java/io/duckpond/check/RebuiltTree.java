package io.duckpond.check;

import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.view.Published;
import io.duckpond.view.Tree;
import java.io.InputStream;
import java.util.Map;

/** A tree whose directories are all in memory. */
record RebuiltTree(long txnSeq, Map<NodeId, Published> directories) implements Tree {

  @Override
  public DirectoryState directory(NodeId directory) {
    Published state = directories.get(directory);
    if (state == null) {
      throw new DamageException("partition [" + directory + "]: the log has no event of it");
    }
    return state.state();
  }

  @Override
  public void loadAll() {}

  @Override
  public InputStream open(Entry.File entry, String path) {
    throw new UnsupportedOperationException("this tree is looked at, not read: " + path);
  }
}
