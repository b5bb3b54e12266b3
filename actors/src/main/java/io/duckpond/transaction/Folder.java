package io.duckpond.transaction;

import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.SortedMap;

/** A directory to look into: of the tree, or computed by a dynamic node when it is asked. */
interface Folder {

  /** Returns what is equal for the same directory, by whatever path it was reached. */
  Object key();

  /** Returns whether it is computed, or shown in one that is: then nothing in it can be changed. */
  boolean isComputed();

  /** Returns the entry of a name. */
  Optional<Entry> get(EntryName name) throws IOException;

  /** Returns the entries in name order. */
  SortedMap<EntryName, Entry> entries() throws IOException;

  /** Returns the directory that an entry of this one is; a link is none. Loads nothing of it. */
  Optional<Folder> enter(EntryName name, Entry entry) throws IOException;

  /** Opens the file that an entry of this one is. */
  InputStream open(EntryName name, Entry entry) throws IOException;
}
