package io.duckpond.node;

import io.duckpond.journal.disk.Sha256;

/** What a directory knows of one of its children, but for the name. Immutable. */
public sealed interface Entry {

  /** Returns the child's identity. */
  NodeId child();

  /** Returns what the child is. */
  NodeType type();

  /** Returns mode and modification time. */
  Attributes attributes();

  /** Returns the child's newest version, from 1. */
  long version();

  /** Returns the same entry with other attributes. */
  Entry withAttributes(Attributes changed);

  /** A directory; it has a partition of its own. */
  record Directory(NodeId child, Attributes attributes) implements Entry {
    @Override
    public NodeType type() {
      return NodeType.DIRECTORY;
    }

    @Override
    public long version() {
      return 1;
    }

    @Override
    public Entry withAttributes(Attributes changed) {
      return new Directory(child, changed);
    }
  }

  /**
   * A file of any type that has bytes.
   *
   * @param size bytes of the newest version
   * @param sha256 of the newest version
   * @param content where the newest version stands
   */
  record File(
      NodeId child,
      NodeType type,
      Attributes attributes,
      long version,
      long size,
      Sha256 sha256,
      ContentLocator content)
      implements Entry {
    @Override
    public Entry withAttributes(Attributes changed) {
      return new File(child, type, changed, version, size, sha256, content);
    }

    /** Returns the same entry whose content stands at {@code place}. */
    public File withContent(ContentLocator place) {
      return new File(child, type, attributes, version, size, sha256, place);
    }
  }

  /** A symbolic link; {@code target} is kept as written. */
  record Symlink(NodeId child, Attributes attributes, long version, String target)
      implements Entry {
    @Override
    public NodeType type() {
      return NodeType.SYMLINK;
    }

    @Override
    public Entry withAttributes(Attributes changed) {
      return new Symlink(child, changed, version, target);
    }
  }
}
