package io.duckpond.glob;

import io.duckpond.path.EntryName;
import java.util.List;
import java.util.Optional;

/** What a pattern has between two slashes. */
sealed interface Component {

  /** Exactly this name. */
  record Named(EntryName name) implements Component {}

  /** Names that match. */
  record Matching(NamePattern pattern) implements Component {}

  /** {@code **} with something after it: any number of levels. */
  record AnyLevels() implements Component {}

  /** Returns what the wildcards of this stand for if one level of this name matches. */
  default Optional<List<String>> match(EntryName name, GlobOptions.Hidden hidden) {
    if (this instanceof Named named) {
      return named.name().equals(name) ? Optional.of(List.of()) : Optional.empty();
    }
    if (this instanceof Matching matching) {
      return matching.pattern().match(name.value(), hidden);
    }
    boolean swallowed = hidden == GlobOptions.Hidden.ALL || !name.value().startsWith(".");
    return swallowed ? Optional.of(List.of(name.value())) : Optional.empty();
  }
}
