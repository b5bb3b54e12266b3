package io.duckpond.check;

import io.duckpond.node.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where directories stand in the newest tree, as far as it can be walked. */
final class Paths {
  private final Map<NodeId, NodeId> parents = new HashMap<>();
  private final Map<NodeId, String> names = new HashMap<>();

  void add(NodeId parent, String name, NodeId child) {
    parents.put(child, parent);
    names.put(child, name);
  }

  /** Returns the path of a directory; empty if it does not hang from the root. */
  Optional<String> of(NodeId directory) {
    if (directory.equals(NodeId.ROOT)) {
      return Optional.of("/");
    }
    StringBuilder path = new StringBuilder();
    NodeId at = directory;
    while (!at.equals(NodeId.ROOT)) {
      NodeId parent = parents.get(at);
      if (parent == null) {
        return Optional.empty();
      }
      path.insert(0, "/" + names.get(at));
      at = parent;
    }
    return Optional.of(path.toString());
  }

  /** Returns the path of a name in a directory. */
  String of(NodeId directory, String name) {
    String path = of(directory).orElse("partition " + directory);
    return path.equals("/") ? "/" + name : path + "/" + name;
  }
}
