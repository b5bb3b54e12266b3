package io.duckpond.history;

import io.duckpond.node.Entry;
import java.util.Optional;
import java.util.Set;

/**
 * What one transaction did to one node.
 *
 * @param timestampMicros microseconds since the epoch, of the transaction
 * @param path absolute, after the transaction; of a removal before it
 * @param movedFrom where the node was before, if it was moved or renamed itself
 * @param entry what its directory knows of it after the transaction; of a removal before it
 */
public record NodeChange(
    long txnSeq,
    long timestampMicros,
    Set<Kind> kinds,
    String path,
    Optional<String> movedFrom,
    Entry entry) {

  /** What can happen to a node. */
  public enum Kind {
    /** It was not there before. */
    CREATED,
    /** It has another place. */
    MOVED,
    /** It has another version. */
    WRITTEN,
    /** Its mode was set, or its time without a new version. */
    ATTRIBUTES,
    /** It is there no more: removed, replaced, or below something that was. */
    REMOVED
  }

  public NodeChange {
    kinds = Set.copyOf(kinds);
  }
}
