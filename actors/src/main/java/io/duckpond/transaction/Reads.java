package io.duckpond.transaction;

import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a serializable transaction has read of the state that it was opened on, and what must
 * therefore be as it was when it commits. Of other transactions, nothing.
 *
 * @param names by directory, names that were looked up, whether they were there or not
 * @param directories whose listing was read
 * @param ownAttributes whether the root's own attributes were read
 * @param everything more was read than is kept: then nothing may have changed
 */
public record Reads(
    Map<NodeId, Set<EntryName>> names,
    Set<NodeId> directories,
    boolean ownAttributes,
    boolean everything) {

  /** Nothing was read that matters. */
  public static final Reads NONE = new Reads(Map.of(), Set.of(), false, false);

  public Reads {
    Map<NodeId, Set<EntryName>> copy = new HashMap<>();
    names.forEach((directory, read) -> copy.put(directory, Set.copyOf(read)));
    names = Map.copyOf(copy);
    directories = Set.copyOf(directories);
  }

  /** Returns the directories in which something was read. */
  Set<NodeId> read() {
    Set<NodeId> read = new HashSet<>(names.keySet());
    read.addAll(directories);
    if (ownAttributes) {
      read.add(NodeId.ROOT);
    }
    return read;
  }
}
