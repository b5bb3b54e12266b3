package io.duckpond.transaction;

import io.duckpond.content.NewContent;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.OplogEntry;

/** Makes the entries of files whose bytes a workspace holds: their content is pending. */
final class FileEntries {
  private FileEntries() {}

  /** The first version of a new file. */
  static Entry.File first(NodeId node, NodeType type, Attributes attributes, NewContent content) {
    return of(node, type, attributes, 1, content);
  }

  /** The version after {@code before}; the same again if that was written in this workspace. */
  static Entry.File next(Entry.File before, NewContent content, Attributes attributes) {
    boolean writtenHere = before.content() == ContentLocator.Pending.PENDING;
    long version = writtenHere ? before.version() : before.version() + 1;
    return of(before.child(), before.type(), attributes, version, content);
  }

  private static Entry.File of(
      NodeId node, NodeType type, Attributes attributes, long version, NewContent content) {
    return new Entry.File(
        node,
        type,
        attributes,
        version,
        content.size(),
        content.sha256(),
        ContentLocator.Pending.PENDING);
  }

  /** A series that has no piece yet: version 0. */
  static Entry.File emptySeries(NodeId node, NodeType type, Attributes attributes) {
    return new Entry.File(
        node, type, attributes, 0, 0, OplogEntry.Pieces.NONE, ContentLocator.Pending.PENDING);
  }

  /** A series with one piece more. */
  static Entry.File longer(Entry.File series, NewContent piece, Attributes attributes) {
    return new Entry.File(
        series.child(),
        series.type(),
        attributes,
        series.version() + 1,
        series.size() + piece.size(),
        OplogEntry.Pieces.sha256(series.sha256(), piece.sha256()),
        ContentLocator.Pending.PENDING);
  }
}
