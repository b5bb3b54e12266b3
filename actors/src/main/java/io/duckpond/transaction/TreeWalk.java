package io.duckpond.transaction;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Walks a tree depth first in name order, without recursion: trees may be deeper than stacks. */
final class TreeWalk {

  private TreeWalk() {}

  private record Level(String prefix, Iterator<Map.Entry<EntryName, Entry>> rest) {}

  /** Returns every node below a directory by its path relative to it. */
  static Map<String, Entry> below(Tree tree, NodeId top) throws IOException {
    Map<String, Entry> nodes = new LinkedHashMap<>();
    Deque<Level> levels = new ArrayDeque<>();
    levels.push(level(tree, "", top));
    while (!levels.isEmpty()) {
      Level level = levels.element();
      if (!level.rest().hasNext()) {
        levels.pop();
        continue;
      }
      Map.Entry<EntryName, Entry> next = level.rest().next();
      String path = level.prefix() + next.getKey();
      nodes.put(path, next.getValue());
      if (next.getValue() instanceof Entry.Directory directory) {
        levels.push(level(tree, path + "/", directory.child()));
      }
    }
    return nodes;
  }

  private static Level level(Tree tree, String prefix, NodeId directory) throws IOException {
    return new Level(prefix, tree.directory(directory).entries().entrySet().iterator());
  }
}
