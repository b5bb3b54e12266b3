package io.duckpond.query;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree with where it stands.
 *
 * @param parent its directory; null for the root
 * @param name its name there; "/" for the root
 */
record LivingNode(@Nullable NodeId parent, String name, String path, Entry entry) {

  @Nullable String parentHex() {
    return parent == null ? null : parent.hex();
  }

  Entry.@Nullable File file() {
    return entry instanceof Entry.File file ? file : null;
  }

  @Nullable Long size() {
    Entry.File file = file();
    return file == null ? null : file.size();
  }

  @Nullable String sha256() {
    Entry.File file = file();
    return file == null ? null : file.sha256().hex();
  }

  @Nullable String target() {
    return entry instanceof Entry.Symlink link ? link.target() : null;
  }

  long modifiedNanos() {
    return entry.attributes().modifiedNanos();
  }
}
