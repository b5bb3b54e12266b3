package io.duckpond.oplog;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import java.util.Optional;

/** One changed name of a directory; a row of the nested batch of a {@link OplogEntry}. */
public sealed interface DirectoryEntry {

  /** Returns the name that changed. */
  EntryName name();

  /** Returns the entry put, or the one that was there. */
  Entry entry();

  /** Returns what the name holds after the change; empty if it is free then. */
  Optional<Entry> after();

  /** Returns the same change with another entry. */
  DirectoryEntry withEntry(Entry changed);

  /** The name now holds {@code entry}, new or changed. */
  record Put(EntryName name, Entry entry) implements DirectoryEntry {
    @Override
    public Optional<Entry> after() {
      return Optional.of(entry);
    }

    @Override
    public DirectoryEntry withEntry(Entry changed) {
      return new Put(name, changed);
    }
  }

  /** The name is free; {@code entry} is what it held. */
  record Remove(EntryName name, Entry entry) implements DirectoryEntry {
    @Override
    public Optional<Entry> after() {
      return Optional.empty();
    }

    @Override
    public DirectoryEntry withEntry(Entry changed) {
      return new Remove(name, changed);
    }
  }

  /** The name now holds {@code entry}, which was {@code fromName} in {@code from}. */
  record MovedIn(EntryName name, Entry entry, NodeId from, EntryName fromName)
      implements DirectoryEntry {
    @Override
    public Optional<Entry> after() {
      return Optional.of(entry);
    }

    @Override
    public DirectoryEntry withEntry(Entry changed) {
      return new MovedIn(name, changed, from, fromName);
    }
  }

  /** The name is free; {@code entry} is now {@code toName} in {@code to}. */
  record MovedOut(EntryName name, Entry entry, NodeId to, EntryName toName)
      implements DirectoryEntry {
    @Override
    public Optional<Entry> after() {
      return Optional.empty();
    }

    @Override
    public DirectoryEntry withEntry(Entry changed) {
      return new MovedOut(name, changed, to, toName);
    }
  }
}
