package io.duckpond.transaction;

import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.path.EntryName;
import java.util.List;
import java.util.Optional;

/** Events made by hand. */
final class TestEvents {
  private TestEvents() {}

  /** A directory appears in another. */
  static DirectoryEvent put(NodeId directory, String name, NodeId child) {
    Entry entry = new Entry.Directory(child, new Attributes(0755, 1));
    return new DirectoryEvent(
        DirectoryEvent.Group.STORED,
        List.of(
            new OplogEntry.DirectoryChanged(
                directory,
                List.of(new DirectoryEntry.Put(new EntryName(name), entry)),
                Optional.empty())));
  }
}
