package io.duckpond.glob;

import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** A directory as a glob needs it. */
public interface GlobDirectory {

  /** Returns what is equal for the same directory, by whatever path it was reached. */
  Object key();

  /** Returns the entries in name order; the directory is loaded now, if need be. */
  SortedMap<EntryName, Entry> entries() throws IOException;

  /**
   * Returns the directory that an entry of this one is; of a link, the one that it leads to if
   * {@code links} says so. Empty if it is no directory. Loads nothing of it.
   */
  Optional<GlobDirectory> enter(EntryName name, Entry entry, GlobOptions.Links links)
      throws IOException;
}
