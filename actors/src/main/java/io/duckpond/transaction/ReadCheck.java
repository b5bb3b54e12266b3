package io.duckpond.transaction;

import io.duckpond.ConflictException;
import io.duckpond.directory.DirectoryState;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether all that a transaction has read is still so. If it is, the transaction might as
 * well have run at this moment, alone.
 */
final class ReadCheck {
  private final Reads reads;
  private final long pin;
  private final TreeView committed;

  /** A check of the reads of {@code changes}, which were made on an older tree. */
  ReadCheck(Changes changes, TreeView committed) {
    this.reads = changes.reads();
    this.pin = changes.pin();
    this.committed = committed;
  }

  /**
   * Returns if nothing that was read has changed.
   *
   * @throws ConflictException naming what has
   */
  void holds() throws IOException {
    if (reads.everything()) {
      throw new ConflictException("/", "it read too much to tell what another transaction changed");
    }
    for (NodeId directory : reads.directories()) {
      if (hasChanged(directory)) {
        throw new ConflictException(
            committed.pathOf(directory), "another transaction has changed what was listed in it");
      }
    }
    for (Map.Entry<NodeId, Set<EntryName>> each : reads.names().entrySet()) {
      if (hasChanged(each.getKey())) {
        namesHold(each.getKey(), each.getValue());
      }
    }
    boolean ownChanged =
        reads.ownAttributes()
            && hasChanged(NodeId.ROOT)
            && !committed.own().equals(atPin(NodeId.ROOT).own());
    if (ownChanged) {
      throw new ConflictException("/", "another transaction has changed its attributes");
    }
  }

  private boolean hasChanged(NodeId directory) throws IOException {
    return committed.published(directory).txnSeq() > pin;
  }

  private void namesHold(NodeId directory, Set<EntryName> names) throws IOException {
    DirectoryState before = atPin(directory);
    DirectoryState now = committed.directory(directory);
    for (EntryName name : names) {
      Optional<?> held = before.get(name);
      if (!held.equals(now.get(name))) {
        throw new ConflictException(
            Validation.child(committed.pathOf(directory), name),
            "another transaction has changed what was read there");
      }
    }
  }

  private DirectoryState atPin(NodeId directory) throws IOException {
    return committed.asOf(pin).directory(directory);
  }
}
