package io.duckpond.isolation;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a transaction comes to.
 *
 * @param seen the tree that it began on
 * @param left the one that it would leave behind
 */
record Change(Tree seen, Tree left) {

  boolean isEmpty() {
    return seen.equals(left);
  }

  /** Returns the names that hold something else afterwards, by the directories that stay. */
  Map<Long, Set<String>> names() {
    Map<Long, Set<String>> changed = new TreeMap<>();
    for (long directory : left.living().keySet()) {
      Set<String> names = new TreeSet<>(seen.names(directory).keySet());
      names.addAll(left.names(directory).keySet());
      names.removeIf(name -> seen.get(directory, name).equals(left.get(directory, name)));
      if (!names.isEmpty()) {
        changed.put(directory, names);
      }
    }
    return changed;
  }

  private Set<Long> removed() {
    Set<Long> removed = new TreeSet<>(seen.living().keySet());
    removed.removeAll(left.living().keySet());
    return removed;
  }

  /** Returns {@code committed} with this change, whether that may be or not. */
  Tree on(Tree committed) {
    Tree result = committed;
    for (Map.Entry<Long, Set<String>> each : names().entrySet()) {
      for (String name : each.getValue()) {
        result = result.with(each.getKey(), name, left.get(each.getKey(), name));
      }
    }
    return result.withoutRemoved();
  }

  /**
   * Returns why this may not be done to {@code committed}, which others have changed since: nothing
   * of theirs may be lost, and the result must be a tree.
   */
  Optional<String> conflict(Tree committed) {
    return lostUpdate(committed).or(() -> orphan(committed)).or(() -> cycle(committed));
  }

  /** A name that it changed holds something that it has not seen. */
  Optional<String> lostUpdate(Tree committed) {
    Map<Long, String> stood = seen.living();
    Set<Long> living = committed.living().keySet();
    for (Map.Entry<Long, Set<String>> each : names().entrySet()) {
      long directory = each.getKey();
      for (String name : each.getValue()) {
        if (living.contains(directory)
            && stood.containsKey(directory)
            && !seen.get(directory, name).equals(committed.get(directory, name))) {
          return Optional.of("lost update: " + stood.get(directory) + "/" + name);
        }
      }
    }
    return Optional.empty();
  }

  /** A directory that it changed is gone, or one that it removes holds what it has not seen. */
  Optional<String> orphan(Tree committed) {
    Map<Long, String> stood = seen.living();
    Set<Long> living = committed.living().keySet();
    for (long directory : names().keySet()) {
      if (stood.containsKey(directory) && !living.contains(directory)) {
        return Optional.of("orphan: below " + stood.get(directory) + "/, which is gone");
      }
    }
    for (long directory : removed()) {
      if (living.contains(directory) && !seen.names(directory).equals(committed.names(directory))) {
        return Optional.of("orphan: unseen in " + stood.get(directory) + "/, which goes");
      }
    }
    return Optional.empty();
  }

  /** A directory that hung from the root is neither removed nor hangs from it afterwards. */
  Optional<String> cycle(Tree committed) {
    Tree result = on(committed);
    Set<Long> lost = new HashSet<>(committed.living().keySet());
    lost.removeAll(result.living().keySet());
    lost.removeAll(removed());
    return lost.isEmpty()
        ? result.flaw()
        : Optional.of("cycle: " + committed.living().get(lost.iterator().next()));
  }
}
