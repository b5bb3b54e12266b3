package io.duckpond.history;

import io.duckpond.history.NodeChange.Kind;
import io.duckpond.node.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Returns when the node was in the tree: from what created it to what removed it, both counted.
   *
   * @param pin the transaction where a time that no removal ended stops
   */
  Set<Span> presence(long pin) {
    List<NodeChange> oldestFirst = new ArrayList<>(changes);
    Collections.reverse(oldestFirst);
    Set<Span> spans = new HashSet<>();
    Optional<Long> since = Optional.empty();
    for (NodeChange change : oldestFirst) {
      if (change.kinds().contains(Kind.REMOVED)) {
        spans.add(new Span(since.orElse(1L), change.txnSeq()));
        since = Optional.empty();
      } else if (since.isEmpty()) {
        since = Optional.of(change.txnSeq());
      }
    }
    since.ifPresent(start -> spans.add(new Span(start, pin)));
    return spans;
  }
}
