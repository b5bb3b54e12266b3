package io.duckpond.transaction;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** A directory in a workspace: as it was at the pin, and as it is; both share structure. */
final class DirtyDirectory {

  private final DirectoryState base;
  private final boolean newborn;
  private final Undo undo;
  // Which names may differ; a newborn's all do.
  private final TreeSet<EntryName> touched = new TreeSet<>();
  private DirectoryState current;

  private DirtyDirectory(DirectoryState base, boolean newborn, Undo undo) {
    this.base = base;
    this.undo = undo;
    this.newborn = newborn;
    this.current = base;
  }

  /** A directory that this transaction creates. */
  static DirtyDirectory newborn(Undo undo) {
    return new DirtyDirectory(DirectoryState.EMPTY, true, undo);
  }

  /** A directory that existed at the pin. */
  static DirtyDirectory existing(DirectoryState base, Undo undo) {
    return new DirtyDirectory(base, false, undo);
  }

  DirectoryState base() {
    return base;
  }

  DirectoryState current() {
    return current;
  }

  boolean isNewborn() {
    return newborn;
  }

  /** Returns the names that may differ from the pin, sorted. */
  Collection<EntryName> touched() {
    return newborn ? current.entries().keySet() : touched;
  }

  /** Returns the directory's own attributes if they differ from the pin's. */
  Optional<Attributes> changedOwn() {
    return current.own().equals(base.own()) ? Optional.empty() : current.own();
  }

  void put(EntryName name, Entry entry) {
    touch(name);
    become(new DirectoryState(current.seqNr(), current.own(), current.entries().plus(name, entry)));
  }

  void remove(EntryName name) {
    touch(name);
    become(new DirectoryState(current.seqNr(), current.own(), current.entries().minus(name)));
  }

  void own(Attributes attributes) {
    become(new DirectoryState(current.seqNr(), Optional.of(attributes), current.entries()));
  }

  /** The names touched stay so if this is undone: they only may differ. */
  private void become(DirectoryState next) {
    DirectoryState before = current;
    undo.note(this, "", () -> current = before);
    current = next;
  }

  private void touch(EntryName name) {
    if (!newborn) {
      touched.add(name);
    }
  }
}
