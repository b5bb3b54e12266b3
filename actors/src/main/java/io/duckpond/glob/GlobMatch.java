package io.duckpond.glob;

import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import java.util.List;

/**
 * A node that a glob found.
 *
 * @param node by the names that led there; links in its path are not resolved
 * @param captures what each wildcard stands for, from left to right; {@code **} gives one text for
 *     each level
 */
public record GlobMatch(NodePath node, List<String> captures) {
  public GlobMatch {
    captures = List.copyOf(captures);
  }

  /** Returns the node's path, absolute. */
  public String path() {
    return node.path();
  }

  /** Returns what the node's directory knows of it. */
  public Entry entry() {
    return node.entry();
  }
}
