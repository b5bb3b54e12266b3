package io.duckpond.directory;

import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * What a directory holds after its event {@code seqNr}: immutable, structure-sharing, sorted by
 * name.
 *
 * @param seqNr sequence number of the last event applied; 0 for none
 * @param own its own attributes; present for the root only, which has no parent
 */
public record DirectoryState(
    long seqNr, Optional<Attributes> own, TreePMap<EntryName, Entry> entries) {

  /** A directory without events. */
  public static final DirectoryState EMPTY =
      new DirectoryState(0, Optional.empty(), TreePMap.empty());

  /** Returns the entry of a name. */
  public Optional<Entry> get(EntryName name) {
    return Optional.ofNullable(entries.get(name));
  }
}
