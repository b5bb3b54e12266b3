package io.duckpond;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.Oplog;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a tree holds. */
final class StatusReport {
  private StatusReport() {}

  static PondStatus of(PondFolder folder, Oplog oplog, Tree tree, long micros) throws IOException {
    Oplog.TableSize size = oplog.size();
    return new PondStatus(
        folder.directory(),
        oplog.pondId(),
        tree.txnSeq(),
        micros,
        count(tree),
        size.files(),
        size.bytes(),
        oplog.lockHolder(folder.lock()));
  }

  private static Map<String, Long> count(Tree tree) throws IOException {
    tree.loadAll();
    Map<String, Long> nodes = new TreeMap<>();
    nodes.put(NodeType.DIRECTORY.storedName(), 1L);
    ArrayDeque<NodeId> next = new ArrayDeque<>();
    next.add(NodeId.ROOT);
    while (!next.isEmpty()) {
      for (Entry entry : tree.directory(next.remove()).entries().values()) {
        nodes.merge(entry.type().storedName(), 1L, Long::sum);
        if (entry instanceof Entry.Directory) {
          next.add(entry.child());
        }
      }
    }
    return nodes;
  }
}
