package io.duckpond.transaction;

import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a change goes.
 *
 * @param path from the pond's root, links resolved
 * @param shown the path that the caller asked for; for refusals
 */
record Site(Place place, String path, String shown) {

  /** Returns whether this lies below {@code other}. */
  boolean isBelow(Site other) {
    return path.startsWith(other.path + "/");
  }

  /** Returns the names of a path with links resolved, from the root down. */
  static List<EntryName> names(String path) {
    List<EntryName> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(new EntryName(name));
      }
    }
    return names;
  }
}
