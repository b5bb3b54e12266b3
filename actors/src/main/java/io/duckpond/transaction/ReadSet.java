package io.duckpond.transaction;

import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Remembers what a serializable transaction reads, in bounded memory: of a directory in which many
 * names were looked up, that it was read as a whole; of very many directories, that all were.
 */
final class ReadSet {
  static final int MOST_NAMES = 1_000;
  static final int MOST_DIRECTORIES = 10_000;

  private final Map<NodeId, Set<EntryName>> names = new HashMap<>();
  private final Set<NodeId> directories = new HashSet<>();
  private boolean ownAttributes;
  private boolean everything;

  /** Notes that a name was looked up. */
  void name(NodeId directory, EntryName name) {
    if (everything || directories.contains(directory)) {
      return;
    }
    Set<EntryName> read = names.computeIfAbsent(directory, first -> new HashSet<>());
    read.add(name);
    if (read.size() > MOST_NAMES) {
      directory(directory);
    }
    limit();
  }

  /** Notes that a directory was listed. */
  void directory(NodeId directory) {
    if (!everything) {
      names.remove(directory);
      directories.add(directory);
      limit();
    }
  }

  /** Notes that the root's own attributes were read. */
  void ownAttributes() {
    ownAttributes = true;
  }

  private void limit() {
    if (names.size() + directories.size() > MOST_DIRECTORIES) {
      everything();
    }
  }

  /** Notes that all was read. */
  void everything() {
    clear();
    everything = true;
  }

  Reads reads() {
    return new Reads(names, directories, ownAttributes, everything);
  }

  void clear() {
    names.clear();
    directories.clear();
    ownAttributes = false;
    everything = false;
  }
}
