package io.duckpond.oplog;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** One row of the oplog: something that happened to one node. Add components; never repurpose. */
public sealed interface OplogEntry {

  /** Returns the node it happened to. */
  NodeId node();

  /**
   * A directory's own row, the only one that changes its state.
   *
   * @param own the directory's own attributes; present only in rows of the root, which has no
   *     parent entry to hold them
   */
  record DirectoryChanged(NodeId node, List<DirectoryEntry> changes, Optional<Attributes> own)
      implements OplogEntry {
    public DirectoryChanged {
      changes = List.copyOf(changes);
    }
  }

  /** A new version of a small file, its bytes in this row (an attachment). */
  record SmallFile(NodeId node, NodeType type, long version, Sha256 sha256, ByteString bytes)
      implements OplogEntry {}

  /** A new version of a large file, its bytes in {@code contents/}. */
  record LargeFile(
      NodeId node, NodeType type, long version, long size, Sha256 sha256, Sha256 blocks)
      implements OplogEntry {}

  /** A new symbolic link. */
  record Link(NodeId node, long version, String target) implements OplogEntry {}
}
