package io.duckpond.isolation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a transaction has looked at: names, there or not, and listings, by directory. */
final class Reads {
  private final Map<Long, Set<String>> names = new TreeMap<>();
  private final Set<Long> listings = new TreeSet<>();

  void name(long directory, String name) {
    names.computeIfAbsent(directory, first -> new TreeSet<>()).add(name);
  }

  void listing(long directory) {
    listings.add(directory);
  }

  /** What of it counts. */
  enum Looks {
    NAMES,
    NAMES_AND_LISTINGS
  }

  /** Returns something that was read in {@code seen} and is otherwise in {@code committed}. */
  Optional<String> changed(Tree seen, Tree committed, Looks counting) {
    Map<Long, String> paths = seen.living();
    for (long directory : counting == Looks.NAMES ? Set.<Long>of() : listings) {
      if (paths.containsKey(directory)
          && !seen.names(directory).equals(committed.names(directory))) {
        return Optional.of("what was listed in " + paths.get(directory) + "/ has changed");
      }
    }
    for (Map.Entry<Long, Set<String>> each : names.entrySet()) {
      for (String name : each.getValue()) {
        long directory = each.getKey();
        if (paths.containsKey(directory)
            && !seen.get(directory, name).equals(committed.get(directory, name))) {
          return Optional.of(
              "what was read at " + paths.get(directory) + "/" + name + " has changed");
        }
      }
    }
    return Optional.empty();
  }
}
