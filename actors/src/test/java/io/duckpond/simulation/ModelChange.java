package io.duckpond.simulation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What one transaction did, from what it saw to what it left behind; says onto which other trees
 * the same may be done.
 *
 * @param pin the transaction number of {@code seen}
 */
record ModelChange(long pin, ModelTree seen, ModelTree left) {

  boolean isEmpty() {
    return seen.equals(left);
  }

  /** Returns {@code committed} after this change, or nothing if it must be a conflict there. */
  Optional<ModelTree> on(ModelTree committed) {
    Set<Long> stood = seen.below(ModelTree.ROOT);
    Set<Long> stands = left.below(ModelTree.ROOT);
    Set<Long> living = committed.below(ModelTree.ROOT);
    for (long removed : stood) {
      if (!stands.contains(removed) && !seen.names(removed).equals(namesIn(committed, removed))) {
        return Optional.empty(); // it holds what the transaction has not seen
      }
    }
    ModelTree result = committed;
    for (long directory : stands) {
      boolean existed = stood.contains(directory);
      for (String name : changedNames(directory)) {
        Optional<ModelEntry> before = entry(seen, directory, name);
        if (existed && !living.contains(directory)
            || existed && !before.equals(entry(committed, directory, name))) {
          return Optional.empty();
        }
        result = result.with(directory, name, entry(left, directory, name));
      }
    }
    return isTree(result, stands) ? Optional.of(result.withoutRemoved()) : Optional.empty();
  }

  /** Returns whether it removes a directory or gives one another parent. */
  boolean removesOrMovesDirectories() {
    Set<Long> stands = left.below(ModelTree.ROOT);
    for (long directory : seen.below(ModelTree.ROOT)) {
      for (String name : changedNames(directory)) {
        if (entry(seen, directory, name).filter(ModelEntry.Directory.class::isInstance).isPresent()
            && !entry(seen, directory, name)
                .map(ModelEntry::node)
                .equals(entry(left, directory, name).map(ModelEntry::node))) {
          return true;
        }
      }
    }
    return !stands.containsAll(seen.below(ModelTree.ROOT));
  }

  private Set<String> changedNames(long directory) {
    Set<String> names = new TreeSet<>(namesIn(seen, directory).keySet());
    names.addAll(namesIn(left, directory).keySet());
    names.removeIf(name -> entry(seen, directory, name).equals(entry(left, directory, name)));
    return names;
  }

  private static SortedMap<String, ModelEntry> namesIn(ModelTree tree, long directory) {
    return tree.directories().getOrDefault(directory, java.util.Collections.emptySortedMap());
  }

  private static Optional<ModelEntry> entry(ModelTree tree, long directory, String name) {
    return Optional.ofNullable(namesIn(tree, directory).get(name));
  }

  /** A directory with two names, or with none of those that were touched, is no tree. */
  private boolean isTree(ModelTree tree, Set<Long> stands) {
    Set<Long> named = new HashSet<>();
    for (long directory : tree.below(ModelTree.ROOT)) {
      for (ModelEntry entry : tree.names(directory).values()) {
        if (entry instanceof ModelEntry.Directory child && !named.add(child.node())) {
          return false;
        }
      }
    }
    return stands.stream()
        .filter(directory -> directory != ModelTree.ROOT && !changedNames(directory).isEmpty())
        .allMatch(named::contains);
  }
}
