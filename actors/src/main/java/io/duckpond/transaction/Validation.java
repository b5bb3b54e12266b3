package io.duckpond.transaction;

import io.duckpond.ConflictException;
import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.path.EntryName;
import io.duckpond.view.Link;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether changes that were made on an older tree may be made to the committed one. Writes
 * nothing; reads nothing but the tree.
 *
 * <p>What keeps the tree a tree: a touched directory hangs from the root; every touched name holds
 * what the workspace saw; what is removed holds nothing that the workspace did not see; no moved
 * directory ends up below itself. {@link ReadCheck} looks at what was only read.
 */
final class Validation {
  private final Changes changes;
  private final TreeView committed;

  /** Directories that get a parent by these changes, and which. */
  private final Map<NodeId, NodeId> newParents = new HashMap<>();

  /** Names of a directory that these changes set free or fill. */
  private final Map<NodeId, Map<EntryName, DirectoryEntry>> changedNames = new HashMap<>();

  private final Set<NodeId> newborn = new HashSet<>();
  private final Set<NodeId> hanging = new HashSet<>();

  private Validation(Changes changes, TreeView committed) {
    this.changes = changes;
    this.committed = committed;
    changes.directories().forEach(this::index);
  }

  /**
   * Returns if {@code changes} may be made to {@code committed}.
   *
   * @throws ConflictException naming the path, if another transaction stands in the way
   */
  static void check(Changes changes, TreeView committed) throws IOException {
    Validation validation = new Validation(changes, committed);
    for (Changes.OfDirectory directory : changes.directories()) {
      if (!directory.newborn()) {
        validation.hangsFromTheRoot(directory.directory(), directory.path());
        validation.namesHoldWhatWasSeen(directory);
      }
    }
    for (Changes.Removal removal : changes.removed()) {
      validation.holdsNothingUnseen(removal);
    }
    for (Changes.Move move : changes.moved()) {
      validation.isNotBelowItself(move);
    }
    if (committed.txnSeq() > changes.pin()) {
      new ReadCheck(changes, committed).holds();
    }
  }

  private void index(Changes.OfDirectory directory) {
    Map<EntryName, DirectoryEntry> names = new HashMap<>();
    for (Changes.OfName name : directory.names()) {
      DirectoryEntry change = name.change();
      names.put(change.name(), change);
      change
          .after()
          .filter(entry -> entry instanceof Entry.Directory)
          .ifPresent(entry -> newParents.put(entry.child(), directory.directory()));
    }
    changedNames.put(directory.directory(), names);
    if (directory.newborn()) {
      newborn.add(directory.directory());
    }
  }

  private void hangsFromTheRoot(NodeId directory, String path) throws IOException {
    Set<NodeId> way = new HashSet<>();
    NodeId at = directory;
    while (!at.equals(NodeId.ROOT) && !hanging.contains(at)) {
      Optional<NodeId> holder = way.add(at) ? holder(at) : Optional.empty();
      at = holder.orElseThrow(() -> new ConflictException(path, "it has been removed meanwhile"));
    }
    hanging.addAll(way);
  }

  /** What these changes bring back hangs where they put it; what they create, too. */
  private Optional<NodeId> holder(NodeId directory) throws IOException {
    NodeId returned = changes.returned().get(directory);
    if (returned != null) {
      return Optional.of(returned);
    }
    return newborn.contains(directory)
        ? Optional.ofNullable(newParents.get(directory))
        : committed.parentOf(directory).map(Link::parent);
  }

  private void namesHoldWhatWasSeen(Changes.OfDirectory directory) throws IOException {
    DirectoryState state = committed.directory(directory.directory());
    for (Changes.OfName name : directory.names()) {
      EntryName changed = name.change().name();
      if (!state.get(changed).equals(name.seen())) {
        throw changed(directory.path(), changed);
      }
    }
  }

  private void holdsNothingUnseen(Changes.Removal removal) throws IOException {
    if (!removal.recursive()) {
      requireEmpty(removal);
    } else if (committed.txnSeq() > changes.pin()) {
      requireUnchanged(removal);
    }
  }

  private void requireEmpty(Changes.Removal removal) throws IOException {
    Map<EntryName, DirectoryEntry> changed =
        changedNames.getOrDefault(removal.directory(), Map.of());
    for (EntryName name : committed.directory(removal.directory()).entries().keySet()) {
      DirectoryEntry change = changed.get(name);
      if (change == null || change.after().isPresent()) {
        throw new ConflictException(
            child(removal.path(), name), "another transaction has put it there");
      }
    }
  }

  /** Whatever was published below the target since the pin was not seen by who removes it. */
  private void requireUnchanged(Changes.Removal removal) throws IOException {
    ArrayDeque<NodeId> below = new ArrayDeque<>();
    below.add(removal.directory());
    Set<NodeId> met = new HashSet<>();
    while (!below.isEmpty()) {
      NodeId directory = below.remove();
      if (!met.add(directory)) {
        continue;
      }
      if (committed.published(directory).txnSeq() > changes.pin()) {
        throw new ConflictException(
            removal.path(), "another transaction has changed what is below it");
      }
      Map<EntryName, DirectoryEntry> changed = changedNames.getOrDefault(directory, Map.of());
      committed
          .directory(directory)
          .entries()
          .forEach(
              (name, entry) -> {
                boolean stays = !newParents.containsKey(entry.child());
                if (entry instanceof Entry.Directory && stays && !changed.containsKey(name)) {
                  below.add(entry.child());
                }
              });
    }
  }

  private void isNotBelowItself(Changes.Move move) throws IOException {
    Set<NodeId> way = new HashSet<>();
    NodeId at = move.into();
    while (!at.equals(NodeId.ROOT)) {
      if (at.equals(move.directory()) || !way.add(at)) {
        throw new ConflictException(
            move.path(), "another transaction has moved its destination below it");
      }
      at = parentAfter(at, move.path());
    }
  }

  private NodeId parentAfter(NodeId directory, String path) throws IOException {
    NodeId changed = newParents.getOrDefault(directory, changes.returned().get(directory));
    return changed != null
        ? changed
        : committed
            .parentOf(directory)
            .map(Link::parent)
            .orElseThrow(() -> new ConflictException(path, "its destination has been removed"));
  }

  /** Returns the conflict of a name that no longer holds what was seen. */
  static ConflictException changed(String path, EntryName name) {
    return new ConflictException(child(path, name), "another transaction has changed it");
  }

  static String child(String path, EntryName name) {
    return path.endsWith("/") ? path + name : path + "/" + name;
  }
}
