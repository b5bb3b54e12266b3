package io.duckpond.view;

import io.duckpond.node.NodeId;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What no tree tells of the past, but the log: which directories changed, and who held them. For
 * one thread; may block on a disk.
 */
public interface Lineage {

  /** Returns which directories have events in the transactions after one, up to another. */
  Changed changed(long after, long upTo) throws IOException;

  /** Returns the directory in which another was created; the root has none. */
  Optional<NodeId> birthplace(NodeId directory) throws IOException;

  /**
   * Returns the directory that held a node after transaction {@code asOf}, as far as its moves
   * tell.
   *
   * @param holder one that held it once
   */
  Optional<NodeId> holder(NodeId node, NodeId holder, long asOf) throws IOException;

  /**
   * Returns the last that is known of a node up to transaction {@code asOf}.
   *
   * @param holder a directory that held it once
   */
  Last last(NodeId node, NodeId holder, long asOf) throws IOException;

  /**
   * Where a node was last, and its newest version ever.
   *
   * @param place where it is, or was when it or something above it was removed
   */
  record Last(Link place, long version) {}

  /**
   * Directories with events in a range of transactions.
   *
   * @param all all of them
   * @param born those among them that were created there
   */
  record Changed(Set<NodeId> all, Set<NodeId> born) {
    public Changed {
      all = Set.copyOf(all);
      born = Set.copyOf(born);
    }
  }
}
