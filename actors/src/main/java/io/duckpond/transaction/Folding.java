package io.duckpond.transaction;

import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds what a workspace did into what it comes to: per changed name one net change against the
 * pin. What was undone, or stands in a directory that was unlinked, is not there.
 */
final class Folding {

  private final Map<NodeId, DirtyDirectory> dirty;
  private final Locations locations;
  private final PendingContents contents;

  Folding(Map<NodeId, DirtyDirectory> dirty, Locations locations, PendingContents contents) {
    this.dirty = dirty;
    this.locations = locations;
    this.contents = contents;
  }

  /** Returns the changed directories, in the order in which they were touched. */
  List<Changes.OfDirectory> directories() {
    List<Changes.OfDirectory> changed = new ArrayList<>();
    dirty.forEach(
        (id, directory) ->
            locations.path(id).flatMap(path -> of(id, path, directory)).ifPresent(changed::add));
    return changed;
  }

  private Optional<Changes.OfDirectory> of(NodeId id, String path, DirtyDirectory directory) {
    List<Changes.OfName> names = new ArrayList<>();
    List<OplogEntry> rows = new ArrayList<>();
    for (EntryName name : directory.touched()) {
      Place place = new Place(id, name);
      Optional<Entry> seen = directory.base().get(name);
      Optional<Entry> now = directory.current().get(name);
      if (now.isPresent() && !now.equals(seen)) {
        names.add(new Changes.OfName(put(place, stored(now.get())), seen));
        rows.addAll(rows(now.get(), seen));
      } else if (now.isEmpty() && seen.isPresent()) {
        names.add(new Changes.OfName(taken(place, seen.get()), seen));
      }
    }
    return names.isEmpty() && !directory.isNewborn() && directory.changedOwn().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Changes.OfDirectory(
                id, path, directory.isNewborn(), names, directory.changedOwn(), rows));
  }

  private DirectoryEntry put(Place place, Entry entry) {
    Optional<Place> from = origin(entry).filter(origin -> !origin.equals(place));
    return from.isPresent()
        ? new DirectoryEntry.MovedIn(place.name(), entry, from.get().directory(), from.get().name())
        : new DirectoryEntry.Put(place.name(), entry);
  }

  private DirectoryEntry taken(Place place, Entry entry) {
    Optional<Place> to =
        locations
            .moved(entry.child())
            .map(Locations.Moved::to)
            .filter(goal -> locations.reaches(goal.directory()));
    return to.isPresent()
        ? new DirectoryEntry.MovedOut(place.name(), entry, to.get().directory(), to.get().name())
        : new DirectoryEntry.Remove(place.name(), entry);
  }

  /** The entry as the log is to have it: what was staged has its place already. */
  private Entry stored(Entry entry) {
    return entry instanceof Entry.File file
            && isPending(file)
            && !file.type().isSeries()
            && held(file) instanceof PendingContents.Staged staged
        ? file.withContent(staged.place())
        : entry;
  }

  private List<OplogEntry> rows(Entry entry, Optional<Entry> seen) {
    if (entry instanceof Entry.File file && isPending(file) && file.type().isSeries()) {
      return contents.series(file.child()).orElseThrow(() -> lost(file)).rows();
    }
    return row(entry, seen).stream().toList();
  }

  private Optional<OplogEntry> row(Entry entry, Optional<Entry> seen) {
    if (entry instanceof Entry.File file && isPending(file)) {
      PendingContents.Held held = held(file);
      if (held instanceof PendingContents.InMemory small) {
        return Optional.of(small.row());
      }
      return held instanceof PendingContents.InContents large
          ? Optional.of(large.row())
          : Optional.empty();
    }
    boolean isNew = seen.filter(before -> before.child().equals(entry.child())).isEmpty();
    return entry instanceof Entry.Symlink link && isNew && origin(link).isEmpty()
        ? Optional.of(new OplogEntry.Link(link.child(), link.version(), link.target()))
        : Optional.empty();
  }

  private Optional<Place> origin(Entry entry) {
    return locations.moved(entry.child()).map(Locations.Moved::from);
  }

  private static boolean isPending(Entry.File file) {
    return file.content() == ContentLocator.Pending.PENDING;
  }

  private PendingContents.Held held(Entry.File file) {
    return contents.of(file.child()).orElseThrow(() -> lost(file));
  }

  private static IllegalStateException lost(Entry.File file) {
    return new IllegalStateException("content of " + file.child() + " is lost");
  }

  /** Returns the unlinked directories of the pin: {@code unlinked}, and what lay in such a one. */
  List<Changes.Removal> removed(Map<NodeId, Changes.Removal> unlinked) {
    Map<NodeId, Changes.Removal> removed = new LinkedHashMap<>(unlinked);
    for (Locations.Moved move : locations.moved()) {
      NodeId node = move.entry().child();
      if (move.entry() instanceof Entry.Directory && !locations.reaches(node)) {
        removed.putIfAbsent(node, new Changes.Removal(node, pinned(move.from()), true));
      }
    }
    return List.copyOf(removed.values());
  }

  private String pinned(Place place) {
    String directory = locations.path(place.directory()).orElse("");
    return (directory.equals("/") ? "" : directory) + "/" + place.name();
  }

  /** Returns the directories of the pin that have another parent now. */
  List<Changes.Move> moved() {
    List<Changes.Move> moves = new ArrayList<>();
    for (Locations.Moved move : locations.moved()) {
      NodeId node = move.entry().child();
      NodeId into = move.to().directory();
      if (move.entry() instanceof Entry.Directory && !into.equals(move.from().directory())) {
        locations.path(node).ifPresent(path -> moves.add(new Changes.Move(node, into, path)));
      }
    }
    return moves;
  }
}
