package io.duckpond.dynamic;

import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** A directory whose entries are computed. Nothing in it can be changed. */
public non-sealed interface DynamicDirectory extends DynamicNode {

  /** Returns the entries, in name order. */
  SortedMap<EntryName, DynamicEntry> entries() throws IOException;

  /** Returns the entry of a name; for those who can find one without making them all. */
  default Optional<DynamicEntry> get(EntryName name) throws IOException {
    return Optional.ofNullable(entries().get(name));
  }
}
