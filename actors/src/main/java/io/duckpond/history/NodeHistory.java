package io.duckpond.history;

import io.duckpond.node.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * The life of a node across its moves.
 *
 * @param path where it is; empty if it is no more
 * @param changes newest first, never empty
 */
public record NodeHistory(NodeId node, Optional<String> path, List<NodeChange> changes) {

  public NodeHistory {
    changes = List.copyOf(changes);
  }

  /** Returns the newest change. */
  public NodeChange newest() {
    return changes.get(0);
  }
}
