package io.duckpond.transaction;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.path.EntryName;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a valid transaction is going to write: an event for each touched directory, and the state
 * that it leads to.
 */
record Decision(DirectoryEvent.Group group, List<OfDirectory> directories) {

  /**
   * A directory's part.
   *
   * @param before what the event was decided against; {@link DirectoryState#EMPTY} of a newborn
   */
  record OfDirectory(
      NodeId directory, DirectoryState before, DirectoryEvent event, DirectoryState after) {

    boolean newborn() {
      return before.seqNr() == 0;
    }

    CommittedStates.NewState published() {
      List<EntryName> changed = event.own().changes().stream().map(DirectoryEntry::name).toList();
      return new CommittedStates.NewState(directory, after, changed);
    }
  }

  Decision {
    directories = List.copyOf(directories);
  }

  /**
   * Validates changes and turns them into events, giving contents their place in the log.
   *
   * @param committed the newest committed tree
   * @throws io.duckpond.ConflictException if another transaction stands in the way
   */
  static Decision of(Changes changes, TreeView committed, String txnId) throws IOException {
    Validation.check(changes, committed);
    Map<NodeId, DirectoryState> before = new HashMap<>();
    int participants = 1; // the Committer itself
    for (Changes.OfDirectory directory : changes.directories()) {
      if (!directory.newborn()) {
        before.put(directory.directory(), committed.directory(directory.directory()));
        participants++;
      }
    }
    DirectoryEvent.Group group = new DirectoryEvent.Group(txnId, participants);
    Map<Version, ContentLocator.Logged> places = places(changes, before);
    List<OfDirectory> parts = new ArrayList<>(changes.directories().size());
    for (Changes.OfDirectory directory : changes.directories()) {
      DirectoryState base = before.getOrDefault(directory.directory(), DirectoryState.EMPTY);
      DirectoryEvent event = event(directory, group, places);
      parts.add(new OfDirectory(directory.directory(), base, event, base.apply(event)));
    }
    return new Decision(group, parts);
  }

  /** Returns the rows that will be written, staged ones left out. */
  long entries() {
    return directories.stream().mapToLong(part -> part.event().entries().size()).sum();
  }

  private record Version(NodeId node, long version) {}

  private static Map<Version, ContentLocator.Logged> places(
      Changes changes, Map<NodeId, DirectoryState> before) {
    Map<Version, ContentLocator.Logged> places = new HashMap<>();
    for (Changes.OfDirectory directory : changes.directories()) {
      long seqNr = before.getOrDefault(directory.directory(), DirectoryState.EMPTY).seqNr() + 1;
      ContentLocator.Logged place = new ContentLocator.Logged(directory.directory().hex(), seqNr);
      for (OplogEntry row : directory.contents()) {
        versionOf(row).ifPresent(version -> places.put(new Version(row.node(), version), place));
      }
    }
    return places;
  }

  private static Optional<Long> versionOf(OplogEntry row) {
    if (row instanceof OplogEntry.SmallFile small) {
      return Optional.of(small.version());
    }
    return row instanceof OplogEntry.LargeFile large
        ? Optional.of(large.version())
        : Optional.empty();
  }

  private static DirectoryEvent event(
      Changes.OfDirectory directory,
      DirectoryEvent.Group group,
      Map<Version, ContentLocator.Logged> places) {
    List<DirectoryEntry> changed = new ArrayList<>(directory.names().size());
    for (Changes.OfName name : directory.names()) {
      changed.add(placed(name.change(), places, directory.path()));
    }
    List<OplogEntry> rows = new ArrayList<>(1 + directory.contents().size());
    rows.add(new OplogEntry.DirectoryChanged(directory.directory(), changed, directory.own()));
    rows.addAll(directory.contents());
    return new DirectoryEvent(group, rows);
  }

  private static DirectoryEntry placed(
      DirectoryEntry change, Map<Version, ContentLocator.Logged> places, String path) {
    if (!(change.entry() instanceof Entry.File file)
        || !(file.content() instanceof ContentLocator.Pending)) {
      return change;
    }
    ContentLocator.Logged place = places.get(new Version(file.child(), file.version()));
    if (place == null) {
      throw new IllegalStateException(
          "directory %s: '%s' has no content in its transaction".formatted(path, change.name()));
    }
    return change.withEntry(file.withContent(place));
  }
}
