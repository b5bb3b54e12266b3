package io.duckpond.host;

import io.duckpond.node.Attributes;
import io.duckpond.path.EntryName;
import java.util.List;

/** Something of a host tree as it was found when the tree was scanned. */
sealed interface HostNode {

  /** Returns what its inode said. */
  Attributes attributes();

  /** A name in a directory and what stands there. */
  record Named(EntryName name, HostNode node) {}

  /**
   * A directory.
   *
   * @param children in name order, without what is left out
   */
  record Directory(Attributes attributes, List<Named> children) implements HostNode {
    public Directory {
      children = List.copyOf(children);
    }
  }

  /**
   * A regular file.
   *
   * @param size bytes, as its inode said; reading it may find another number
   */
  record File(Attributes attributes, long size) implements HostNode {}

  /** A symbolic link; {@code target} is kept as it is. */
  record Link(Attributes attributes, String target) implements HostNode {}
}
