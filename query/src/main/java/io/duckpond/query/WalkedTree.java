package io.duckpond.query;

import io.duckpond.WorkingDirectory;
import io.duckpond.directory.DirectoryState;
import io.duckpond.names.NameMap;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tree below a working directory, for those that have no {@link Tree} of their own. */
final class WalkedTree implements Tree {

  private final long txnSeq;
  private final Map<NodeId, DirectoryState> directories;

  private WalkedTree(long txnSeq, Map<NodeId, DirectoryState> directories) {
    this.txnSeq = txnSeq;
    this.directories = directories;
  }

  /** Returns the tree as {@code root} has it now. */
  static WalkedTree of(WorkingDirectory root, long txnSeq) throws IOException {
    Map<NodeId, DirectoryState> states = new HashMap<>();
    Map<String, NodeId> byPath = new HashMap<>();
    Attributes own = root.metadata("/").attributes();
    byPath.put("", NodeId.ROOT);
    states.put(NodeId.ROOT, new DirectoryState(0, Optional.of(own), NameMap.empty()));
    for (Map.Entry<String, Entry> node : root.walk("/").entrySet()) {
      String path = node.getKey();
      int slash = path.lastIndexOf('/');
      String parent = slash < 0 ? "" : path.substring(0, slash);
      EntryName name = new EntryName(path.substring(slash + 1));
      Entry entry = node.getValue();
      states.compute(
          byPath.get(parent),
          (id, state) -> new DirectoryState(0, state.own(), state.entries().plus(name, entry)));
      if (entry instanceof Entry.Directory directory) {
        byPath.put(path, directory.child());
        states.put(directory.child(), DirectoryState.EMPTY);
      }
    }
    return new WalkedTree(txnSeq, states);
  }

  @Override
  public long txnSeq() {
    return txnSeq;
  }

  @Override
  public DirectoryState directory(NodeId directory) {
    DirectoryState state = directories.get(directory);
    if (state == null) {
      throw new IllegalStateException("directory [" + directory + "] is not in this tree");
    }
    return state;
  }

  @Override
  public void loadAll() {}

  @Override
  public InputStream open(Entry.File entry, String path) {
    throw new IllegalStateException("nobody reads contents through a walked tree");
  }
}
