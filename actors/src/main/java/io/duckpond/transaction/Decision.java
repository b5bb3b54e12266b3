package io.duckpond.transaction;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.path.EntryName;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
   * Turns valid changes into events, giving contents their place in the log.
   *
   * @param committed the newest committed tree
   */
  static Decision of(Changes changes, TreeView committed, String txnId) throws IOException {
    Map<NodeId, DirectoryState> before = new HashMap<>();
    int participants = 1; // the Committer itself
    for (Changes.OfDirectory directory : changes.directories()) {
      if (!directory.newborn()) {
        before.put(directory.directory(), committed.directory(directory.directory()));
        participants++;
      }
    }
    DirectoryEvent.Group group = new DirectoryEvent.Group(txnId, participants);
    List<OfDirectory> parts = new ArrayList<>(changes.directories().size());
    List<DirectoryEvent> events =
        Events.of(
            changes,
            group,
            directory -> before.getOrDefault(directory, DirectoryState.EMPTY).seqNr() + 1);
    for (DirectoryEvent event : events) {
      NodeId directory = event.own().node();
      DirectoryState base = before.getOrDefault(directory, DirectoryState.EMPTY);
      parts.add(new OfDirectory(directory, base, event, base.apply(event)));
    }
    return new Decision(group, parts);
  }

  /** Returns the rows that will be written, staged ones left out. */
  long entries() {
    return directories.stream().mapToLong(part -> part.event().entries().size()).sum();
  }
}
