package io.duckpond.diff;

import io.duckpond.node.Entry;
import java.util.Optional;
import java.util.Set;

/**
 * What differs at one path between two trees.
 *
 * @param path absolute; of what is gone where it was, of all else where it is
 * @param movedFrom where the same node was before, if elsewhere
 * @param before what stood there, or was moved; empty if nothing did
 * @param after what stands there; empty if nothing does
 * @param changes what is not the same, if both are present; what was only moved has none
 */
public record Difference(
    String path,
    Optional<String> movedFrom,
    Optional<Entry> before,
    Optional<Entry> after,
    Set<Change> changes) {

  /** What became of a path. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    MOVED
  }

  /** What can be another of two nodes, or of one node at two times. */
  public enum Change {
    TYPE,
    CONTENT,
    TARGET,
    MODE,
    MODIFIED
  }

  public Difference {
    changes = Set.copyOf(changes);
  }

  /** Returns what became of the path. */
  public Kind kind() {
    if (before.isEmpty()) {
      return Kind.ADDED;
    }
    if (after.isEmpty()) {
      return Kind.REMOVED;
    }
    return movedFrom.isPresent() ? Kind.MOVED : Kind.CHANGED;
  }
}
