package io.duckpond.directory;

import io.duckpond.names.NameMap;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.path.EntryName;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a directory holds after its event {@code seqNr}: immutable, structure-sharing, sorted by
 * name. {@link #apply(DirectoryEvent, long)} is the only way from one state to the next, for actor,
 * view and restore alike.
 *
 * @param seqNr sequence number of the last event applied; 0 for none
 * @param own its own attributes; present for the root only, which has no parent
 */
public record DirectoryState(long seqNr, Optional<Attributes> own, NameMap<Entry> entries) {

  /** A directory without events. */
  public static final DirectoryState EMPTY =
      new DirectoryState(0, Optional.empty(), NameMap.empty());

  /** Returns the entry of a name. */
  public Optional<Entry> get(EntryName name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** As {@link #apply(DirectoryEvent, long)}, for an event from the log. */
  public DirectoryState apply(LoggedEvent logged) {
    return apply(logged.event(), logged.seqNr());
  }

  /** As {@link #apply(DirectoryEvent, long)}, for the event that comes next. */
  public DirectoryState apply(DirectoryEvent event) {
    return apply(event, seqNr + 1);
  }

  /**
   * Returns the state after {@code event}, which has the sequence number {@code number}. Pure;
   * throws {@link IllegalStateException} only if the log itself is wrong: an event is missing or
   * doubled, or it takes away what is not there.
   */
  public DirectoryState apply(DirectoryEvent event, long number) {
    OplogEntry.DirectoryChanged row = event.own();
    if (number != seqNr + 1) {
      throw new IllegalStateException(
          "partition [" + row.node() + "]: event " + number + " follows event " + seqNr);
    }
    Optional<Attributes> attributes = row.own().isPresent() ? row.own() : own;
    return new DirectoryState(number, attributes, changed(row));
  }

  private NameMap<Entry> changed(OplogEntry.DirectoryChanged row) {
    if (entries.isEmpty()) {
      return first(row);
    }
    NameMap<Entry> changed = entries;
    for (DirectoryEntry change : row.changes()) {
      Optional<Entry> after = change.after();
      if (after.isPresent()) {
        changed = changed.plus(change.name(), after.get());
      } else {
        demand(changed.containsKey(change.name()), row, change);
        changed = changed.minus(change.name());
      }
    }
    return changed;
  }

  // A newborn directory may come with any number of names: built at once it costs O(n).
  private static NameMap<Entry> first(OplogEntry.DirectoryChanged row) {
    TreeMap<EntryName, Entry> first = new TreeMap<>();
    for (DirectoryEntry change : row.changes()) {
      Optional<Entry> after = change.after();
      if (after.isPresent()) {
        first.put(change.name(), after.get());
      } else {
        demand(first.remove(change.name()) != null, row, change);
      }
    }
    return NameMap.fromSortedMap(first);
  }

  private static void demand(
      boolean present, OplogEntry.DirectoryChanged row, DirectoryEntry change) {
    if (!present) {
      throw new IllegalStateException(
          "partition [" + row.node() + "]: '" + change.name() + "' is taken away but not there");
    }
  }
}
