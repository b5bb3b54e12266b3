package io.duckpond.diff;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.view.Lineage;
import io.duckpond.view.Link;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the ways from directories up to the root of one tree: by what is in memory, else by where
 * the log says that a directory was created or moved to; only if that leads nowhere, or has to be
 * asked too often, the whole tree is read. For one thread.
 */
final class Ways {
  private static final int MOST_QUESTIONS = 200;

  private final TreeView tree;
  private final Lineage lineage;
  private final Set<NodeId> reached = new HashSet<>(Set.of(NodeId.ROOT));
  private final Map<NodeId, NodeId> holders = new HashMap<>();
  private boolean complete;
  private int questions;

  Ways(TreeView tree, Lineage lineage) {
    this.tree = tree;
    this.lineage = lineage;
  }

  /**
   * Returns those of {@code directories} that the tree reaches, and all above them. One that it
   * does not reach was brought back later: then it differs with whatever holds it.
   */
  Set<NodeId> above(Set<NodeId> directories) throws IOException {
    for (NodeId directory : directories) {
      Optional<Set<NodeId>> way = way(directory);
      if (way.isEmpty() && !complete) {
        readAll();
        way = way(directory);
      }
      way.ifPresent(reached::addAll);
    }
    return reached;
  }

  /** Returns a directory and those above it, up to one that was reached before. */
  private Optional<Set<NodeId>> way(NodeId directory) throws IOException {
    Set<NodeId> way = new HashSet<>();
    NodeId at = directory;
    while (!reached.contains(at)) {
      Optional<NodeId> holder = way.add(at) ? holder(at) : Optional.empty();
      if (holder.isEmpty()) {
        return Optional.empty();
      }
      at = holder.get();
    }
    return Optional.of(way);
  }

  private Optional<NodeId> holder(NodeId directory) throws IOException {
    if (complete) {
      return Optional.ofNullable(holders.get(directory));
    }
    Optional<NodeId> known = tree.knownParentOf(directory).map(Link::parent);
    if (known.isPresent()) {
      return known;
    }
    if (++questions > MOST_QUESTIONS) {
      readAll();
      return Optional.ofNullable(holders.get(directory));
    }
    Optional<NodeId> birthplace = lineage.birthplace(directory);
    if (birthplace.isEmpty() || holds(birthplace.get(), directory)) {
      return birthplace;
    }
    return lineage.holder(directory, birthplace.get(), tree.txnSeq());
  }

  private boolean holds(NodeId holder, NodeId child) throws IOException {
    return tree.directory(holder).entries().values().stream()
        .anyMatch(entry -> entry.child().equals(child));
  }

  private void readAll() throws IOException {
    if (complete) {
      return;
    }
    complete = true;
    tree.loadAll();
    Deque<NodeId> next = new ArrayDeque<>(Set.of(NodeId.ROOT));
    while (!next.isEmpty()) {
      NodeId directory = next.remove();
      for (Entry entry : tree.directory(directory).entries().values()) {
        if (entry instanceof Entry.Directory) {
          holders.put(entry.child(), directory);
          next.add(entry.child());
        }
      }
    }
  }
}
