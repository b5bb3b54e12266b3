package io.duckpond.query;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.view.Tree;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** A tree in memory. */
final class FakeTree implements Tree {

  final Map<NodeId, DirectoryState> directories = new HashMap<>();
  int loads;

  @Override
  public long txnSeq() {
    return 0;
  }

  @Override
  public DirectoryState directory(NodeId directory) {
    DirectoryState state = directories.get(directory);
    if (state == null) {
      throw new IllegalArgumentException("no directory " + directory);
    }
    return state;
  }

  @Override
  public void loadAll() {
    loads++;
  }

  @Override
  public InputStream open(Entry.File entry, String path) {
    throw new IllegalArgumentException("no contents");
  }
}
