package io.duckpond.transaction;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What a workspace has unlinked: directories of its pin are remembered, to be ended by the commit;
 * what was created here is forgotten with all below it.
 */
final class Removals {
  private final Map<NodeId, DirtyDirectory> dirty;
  private final Locations locations;
  private final PendingContents contents;
  private final Map<NodeId, Changes.Removal> directories;

  /** Over the changed directories of a workspace, from which newborn ones are taken. */
  Removals(
      Map<NodeId, DirtyDirectory> dirty, Locations locations, PendingContents contents, Undo undo) {
    this.dirty = dirty;
    this.locations = locations;
    this.contents = contents;
    this.directories = new UndoableMap<>(undo);
  }

  /** Unlinks a node that has no other place; {@code recursive} if a directory need not be empty. */
  void unlink(Site site, Entry entry, boolean recursive) {
    if (entry instanceof Entry.Directory directory) {
      unlinkDirectory(site, directory.child(), recursive);
    } else {
      contents.drop(entry.child());
    }
    locations.unlink(entry.child());
  }

  private void unlinkDirectory(Site site, NodeId node, boolean recursive) {
    DirtyDirectory changed = dirty.get(node);
    if (changed != null && changed.isNewborn()) {
      forget(node, site);
      return;
    }
    // Emptied by this very transaction, it may still have had entries at the pin.
    boolean hadEntries = changed != null && !changed.base().entries().isEmpty();
    directories.put(node, new Changes.Removal(node, site.path(), recursive || hadEntries));
  }

  private void forget(NodeId newborn, Site site) {
    Deque<Entry> below = new ArrayDeque<>(takeNewborn(newborn));
    while (!below.isEmpty()) {
      Entry entry = below.remove();
      locations.unlink(entry.child());
      contents.drop(entry.child());
      DirtyDirectory changed = dirty.get(entry.child());
      if (changed != null && changed.isNewborn()) {
        below.addAll(takeNewborn(entry.child()));
      } else if (entry instanceof Entry.Directory) {
        directories.put(entry.child(), new Changes.Removal(entry.child(), site.path(), true));
      }
    }
  }

  private Collection<Entry> takeNewborn(NodeId newborn) {
    DirtyDirectory directory = dirty.remove(newborn);
    return directory == null ? List.of() : directory.current().entries().values();
  }

  /** Notes that a node hangs somewhere again. */
  void takeBack(NodeId node) {
    directories.remove(node);
  }

  /** Returns the directories of the pin that are to end. */
  Map<NodeId, Changes.Removal> directories() {
    return directories;
  }

  void clear() {
    directories.clear();
  }
}
