package io.duckpond.names;

import io.duckpond.path.EntryName;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Goes through the names of a tree from one rank until before another. For one thread. */
final class Cursor<V> {
  private final Node<V> root;
  private final int end;
  private int rank;
  private @Nullable Leaf<V> leaf;
  private int index;

  Cursor(Node<V> root, int from, int end) {
    this.root = root;
    this.rank = from;
    this.end = end;
  }

  boolean hasNext() {
    return rank < end;
  }

  /** Goes to the first name, or to the next one. */
  void next() {
    if (rank >= end) {
      throw new NoSuchElementException("no name after the last one");
    }
    index++;
    if (leaf == null || index == leaf.width()) {
      leaf = descend();
    }
    rank++;
  }

  EntryName name() {
    return here().name(index);
  }

  V value() {
    return here().value(index);
  }

  private Leaf<V> here() {
    if (leaf == null) {
      throw new NoSuchElementException("before the first name");
    }
    return leaf;
  }

  /** Finds the leaf from the top, once for all of its names. */
  private Leaf<V> descend() {
    Node<V> node = root;
    int below = rank;
    while (node instanceof Branch<V> branch) {
      int child = branch.childOf(below);
      below -= branch.start(child);
      node = branch.child(child);
    }
    index = below;
    return (Leaf<V>) node;
  }
}
