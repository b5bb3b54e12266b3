package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.glob.GlobOptions;
import io.duckpond.launcher.render.EntryJson;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.node.Entry;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.BiConsumer;

/**
 * A node and where it is.
 *
 * @param path absolute, links in it resolved
 */
record Located(String path, Entry entry) {

  /** Returns what {@code path} leads to, a link at its end followed. */
  static Located following(WorkingDirectory root, String path) throws IOException {
    Entry entry = root.metadata(path);
    return of(root.lookup(path), path, entry);
  }

  /** Returns what {@code path} names, even if that is a link. */
  static Located notFollowing(WorkingDirectory root, String path) throws IOException {
    Entry entry = root.metadataNoFollow(path);
    return of(root.lookupNoFollow(path), path, entry);
  }

  // Asked for its metadata first, as that refuses in words what is not there.
  private static Located of(Resolution resolution, String path, Entry entry)
      throws NoSuchFileException {
    if (resolution instanceof Resolution.Found found) {
      return new Located(found.path(), entry);
    }
    throw new NoSuchFileException(path);
  }

  /** Returns a node below this one. */
  Located below(String relative, Entry found) {
    return new Located(path.equals("/") ? "/" + relative : path + "/" + relative, found);
  }

  /**
   * Shows every node below a directory by its path relative to it, depth first in name order;
   * computed directories are looked into as well.
   */
  static void visitBelow(WorkingDirectory root, Located top, BiConsumer<String, Entry> visitor)
      throws IOException {
    int prefix = top.path().equals("/") ? 1 : top.path().length() + 1;
    if (top.entry() instanceof Entry.Directory) {
      root.loadBelow(top.path());
    }
    root.open(top.path())
        .visit(
            "**",
            GlobOptions.DEFAULT.withAllNames().keepingLinks(),
            match -> visitor.accept(match.path().substring(prefix), match.entry()));
  }

  /** Returns this as JSON. */
  JsonObject json() {
    return EntryJson.of(path, entry);
  }
}
