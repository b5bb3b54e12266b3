package io.duckpond.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name in a directory of the model, whether it is taken or not.
 *
 * @param path absolute, as a pond knows it
 */
record ModelPlace(long directory, String directoryPath, String name, Optional<ModelEntry> entry) {

  String path() {
    return directoryPath + "/" + name;
  }

  boolean isDirectory() {
    return entry.isPresent() && entry.get() instanceof ModelEntry.Directory;
  }

  /** Returns whether this place is {@code other}, or in a directory at it or below it. */
  boolean isWithin(ModelPlace other) {
    return (path() + "/").startsWith(other.path() + "/");
  }

  /** Returns every name of a tree, parents first. */
  static List<ModelPlace> all(ModelTree tree) {
    List<ModelPlace> places = new ArrayList<>();
    add(tree, ModelTree.ROOT, "", places);
    return places;
  }

  private static void add(ModelTree tree, long directory, String path, List<ModelPlace> places) {
    tree.names(directory)
        .forEach(
            (name, entry) -> {
              places.add(new ModelPlace(directory, path, name, Optional.of(entry)));
              if (entry instanceof ModelEntry.Directory below) {
                add(tree, below.node(), path + "/" + name, places);
              }
            });
  }
}
