package io.duckpond.launcher.render;

import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import java.util.Optional;
import java.util.OptionalLong;

/** Nodes as JSON: the members are named as the columns of the table {@code nodes}. */
public final class EntryJson {
  private EntryJson() {}

  /** Returns what its directory knows of a node. */
  public static JsonObject of(NodePath node) {
    return put(new JsonObject(), node);
  }

  private static OptionalLong size(Optional<Entry.File> file) {
    return file.isPresent() ? OptionalLong.of(file.get().size()) : OptionalLong.empty();
  }

  /** Puts the same into an object. */
  static JsonObject put(JsonObject object, NodePath node) {
    Entry entry = node.entry();
    Optional<Entry.File> file =
        entry instanceof Entry.File bytes ? Optional.of(bytes) : Optional.empty();
    return object
        .put("path", node.path())
        .put("name", node.basename())
        .put("type", entry.type().storedName())
        .put("node_id", entry.child().hex())
        .put("mode", entry.attributes().mode())
        .put("modified", Times.ofNanos(entry.attributes().modifiedNanos()))
        .put("version", entry.version())
        .putNumber("size", entry instanceof Entry.Computed computed ? computed.size() : size(file))
        .putText("sha256", file.map(bytes -> String.valueOf(bytes.sha256())))
        .putText(
            "target",
            entry instanceof Entry.Symlink link ? Optional.of(link.target()) : Optional.empty());
  }
}
