package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.glob.GlobOptions;
import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.BiConsumer;

/** Finds nodes by the paths of a command line. */
final class Located {
  private Located() {}

  /** Returns what {@code path} leads to, a link at its end followed; links in its path resolved. */
  static NodePath following(WorkingDirectory root, String path) throws IOException {
    Entry unused = root.metadata(path);
    return of(root.lookup(path), path);
  }

  /** Returns what {@code path} names, even if that is a link. */
  static NodePath notFollowing(WorkingDirectory root, String path) throws IOException {
    Entry unused = root.metadataNoFollow(path);
    return of(root.lookupNoFollow(path), path);
  }

  // Asked for its metadata first, as that refuses in words what is not there.
  private static NodePath of(Resolution resolution, String path) throws NoSuchFileException {
    if (resolution instanceof Resolution.Found found) {
      return found.node();
    }
    throw new NoSuchFileException(path);
  }

  /** Returns a node below another one. */
  static NodePath below(NodePath top, String relative, Entry found) {
    return new NodePath(top.join(relative), found);
  }

  /**
   * Shows every node below a directory by its path relative to it, depth first in name order;
   * computed directories are looked into as well.
   */
  static void visitBelow(WorkingDirectory root, NodePath top, BiConsumer<String, Entry> visitor)
      throws IOException {
    int prefix = top.join("").length();
    if (top.entry() instanceof Entry.Directory) {
      root.loadBelow(top.path());
    }
    root.open(top.path())
        .visit(
            "**",
            GlobOptions.DEFAULT.withAllNames().keepingLinks(),
            match -> visitor.accept(match.path().substring(prefix), match.entry()));
  }
}
