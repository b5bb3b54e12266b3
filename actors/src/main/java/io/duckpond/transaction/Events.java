package io.duckpond.transaction;

import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.OplogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Turns changes into one event a directory, giving contents their place in the log. */
final class Events {
  private final Changes changes;
  private final ToLongFunction<NodeId> seqNr;
  private final Map<Version, ContentLocator.Logged> places = new HashMap<>();

  private record Version(NodeId node, long version) {}

  private Events(Changes changes, ToLongFunction<NodeId> seqNr) {
    this.changes = changes;
    this.seqNr = seqNr;
    for (Changes.OfDirectory directory : changes.directories()) {
      NodeId id = directory.directory();
      ContentLocator.Logged place = new ContentLocator.Logged(id.hex(), seqNr.applyAsLong(id));
      for (OplogEntry row : directory.contents()) {
        versionOf(row).ifPresent(version -> places.put(new Version(row.node(), version), place));
      }
    }
  }

  /**
   * Returns the events in the order of the changes.
   *
   * @param seqNr the sequence number that a directory's event will have
   */
  static List<DirectoryEvent> of(
      Changes changes, DirectoryEvent.Group group, ToLongFunction<NodeId> seqNr) {
    Events events = new Events(changes, seqNr);
    return changes.directories().stream().map(each -> events.of(each, group)).toList();
  }

  private static Optional<Long> versionOf(OplogEntry row) {
    if (row instanceof OplogEntry.SmallFile small) {
      return Optional.of(small.version());
    }
    if (row instanceof OplogEntry.Pieces pieces) {
      return Optional.of(pieces.version());
    }
    return row instanceof OplogEntry.LargeFile large
        ? Optional.of(large.version())
        : Optional.empty();
  }

  private DirectoryEvent of(Changes.OfDirectory directory, DirectoryEvent.Group group) {
    List<DirectoryEntry> changed = new ArrayList<>(directory.names().size());
    for (Changes.OfName name : directory.names()) {
      changed.add(placed(name.change(), directory.path()));
    }
    List<OplogEntry> rows = new ArrayList<>(1 + directory.contents().size());
    rows.add(new OplogEntry.DirectoryChanged(directory.directory(), changed, directory.own()));
    ContentLocator.Logged place =
        new ContentLocator.Logged(
            directory.directory().hex(), seqNr.applyAsLong(directory.directory()));
    for (OplogEntry row : directory.contents()) {
      rows.add(row instanceof OplogEntry.Pieces pieces ? pieces.at(place) : row);
    }
    return new DirectoryEvent(group, rows);
  }

  private DirectoryEntry placed(DirectoryEntry change, String path) {
    if (!(change.entry() instanceof Entry.File file)
        || !(file.content() instanceof ContentLocator.Pending)) {
      return change;
    }
    ContentLocator.Logged place = places.get(new Version(file.child(), file.version()));
    if (place == null) {
      throw new IllegalStateException(
          "directory %s: '%s' has no content in its transaction (%d directories)"
              .formatted(path, change.name(), changes.directories().size()));
    }
    return change.withEntry(file.withContent(place));
  }
}
