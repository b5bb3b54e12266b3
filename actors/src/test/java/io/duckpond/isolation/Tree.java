package io.duckpond.isolation;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tree of directories in memory, for ever the same: what their names hold, by their nodes. */
record Tree(Map<Long, SortedMap<String, Held>> directories) {
  static final long ROOT = 0;

  /** The tree of a new pond. */
  static final Tree EMPTY = new Tree(Map.of(ROOT, Collections.emptySortedMap()));

  SortedMap<String, Held> names(long directory) {
    return directories.getOrDefault(directory, Collections.emptySortedMap());
  }

  Optional<Held> get(long directory, String name) {
    return Optional.ofNullable(names(directory).get(name));
  }

  /** Returns this tree with another meaning, or none, of one name; a new directory is empty. */
  Tree with(long directory, String name, Optional<Held> held) {
    Map<Long, SortedMap<String, Held>> changed = new HashMap<>(directories);
    SortedMap<String, Held> names = new TreeMap<>(names(directory));
    held.ifPresentOrElse(put -> names.put(name, put), () -> names.remove(name));
    changed.put(directory, names);
    held.filter(Held::isDirectory)
        .ifPresent(made -> changed.putIfAbsent(made.node(), Collections.emptySortedMap()));
    return new Tree(changed);
  }

  /** Returns the directories that hang from the root, it included, by any of their paths. */
  Map<Long, String> living() {
    Map<Long, String> paths = new HashMap<>();
    addLiving(ROOT, "", paths);
    return paths;
  }

  private void addLiving(long directory, String path, Map<Long, String> paths) {
    if (paths.putIfAbsent(directory, path) == null) {
      names(directory)
          .forEach(
              (name, held) -> {
                if (held.isDirectory()) {
                  addLiving(held.node(), path + "/" + name, paths);
                }
              });
    }
  }

  /** Returns this tree without what does not hang from the root. */
  Tree withoutRemoved() {
    Map<Long, SortedMap<String, Held>> left = new HashMap<>(directories);
    left.keySet().retainAll(living().keySet());
    return new Tree(left);
  }

  /** Returns what is no tree in it: a node that is met twice. */
  Optional<String> flaw() {
    Set<Long> met = new HashSet<>();
    Map<Long, String> living = living();
    for (Map.Entry<Long, String> directory : living.entrySet()) {
      for (Map.Entry<String, Held> each : names(directory.getKey()).entrySet()) {
        if (each.getValue().node() == ROOT || !met.add(each.getValue().node())) {
          return Optional.of("two parents: " + directory.getValue() + "/" + each.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /** Returns all that one can see of it, by paths. */
  SortedMap<String, Held.Seen> picture() {
    SortedMap<String, Held.Seen> picture = new TreeMap<>();
    living()
        .forEach(
            (directory, path) ->
                names(directory)
                    .forEach((name, held) -> picture.put(path + "/" + name, held.seen())));
    return picture;
  }
}
