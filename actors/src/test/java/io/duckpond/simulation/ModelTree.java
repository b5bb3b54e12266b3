package io.duckpond.simulation;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A directory tree in memory, for ever the same: the names of each directory by its node. */
record ModelTree(Map<Long, SortedMap<String, ModelEntry>> directories) {
  static final long ROOT = 0;

  /** The tree of a new pond. */
  static final ModelTree EMPTY = new ModelTree(Map.of(ROOT, Collections.emptySortedMap()));

  /** Returns the names of a directory that is there. */
  SortedMap<String, ModelEntry> names(long directory) {
    return Objects.requireNonNull(directories.get(directory), "no such directory in the model");
  }

  /** Returns this tree with another meaning, or none, of one name; a new directory is empty. */
  ModelTree with(long directory, String name, Optional<ModelEntry> entry) {
    Map<Long, SortedMap<String, ModelEntry>> changed = new HashMap<>(directories);
    SortedMap<String, ModelEntry> names =
        new TreeMap<>(changed.getOrDefault(directory, Collections.emptySortedMap()));
    entry.ifPresentOrElse(put -> names.put(name, put), () -> names.remove(name));
    changed.put(directory, names);
    if (entry.isPresent() && entry.get() instanceof ModelEntry.Directory made) {
      changed.putIfAbsent(made.node(), Collections.emptySortedMap());
    }
    return new ModelTree(changed);
  }

  /** Returns the directories that hang from one, it included. */
  Set<Long> below(long directory) {
    Set<Long> met = new HashSet<>();
    addBelow(directory, met);
    return met;
  }

  private void addBelow(long directory, Set<Long> met) {
    if (met.add(directory)) {
      for (ModelEntry entry : names(directory).values()) {
        if (entry instanceof ModelEntry.Directory child) {
          addBelow(child.node(), met);
        }
      }
    }
  }

  /** Returns this tree without what does not hang from the root. */
  ModelTree withoutRemoved() {
    Set<Long> living = below(ROOT);
    Map<Long, SortedMap<String, ModelEntry>> left = new HashMap<>(directories);
    left.keySet().retainAll(living);
    return new ModelTree(left);
  }

  /** Returns the number of nodes, the root included. */
  long size() {
    return 1 + below(ROOT).stream().mapToLong(directory -> names(directory).size()).sum();
  }
}
