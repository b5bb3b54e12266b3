package io.duckpond.node;

import io.duckpond.journal.disk.Sha256;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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

  /** Returns whether it can be listed: it is a directory, computed or not. */
  default boolean isDirectory() {
    return type() == NodeType.DIRECTORY || type() == NodeType.DYNAMIC_DIRECTORY;
  }

  /**
   * What a dynamic directory holds: computed when it is read, and never stored.
   *
   * @param type dynamic, a file or directory
   * @param size bytes of a file, if that is known before it is read
   */
  record Computed(NodeId child, NodeType type, Attributes attributes, OptionalLong size)
      implements Entry {
    @Override
    public long version() {
      return 1;
    }

    @Override
    public Entry withAttributes(Attributes changed) {
      return new Computed(child, type, changed, size);
    }
  }

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
   * A file of any type that has bytes. A value like the others, but no record: a pond holds
   * millions of these in memory, so that the numbers of all its parts stand in one object, and the
   * parts are made when they are asked for.
   */
  final class File implements Entry {
    private static final NodeType[] TYPES = NodeType.values();

    private final long childHigh;
    private final long childLow;
    private final byte type;
    private final short mode;
    private final long modifiedNanos;
    private final long version;
    private final long size;
    private final long sha1;
    private final long sha2;
    private final long sha3;
    private final long sha4;

    /** The locator, if it is not that of a partition named by a node id, as all in a log are. */
    private final @Nullable ContentLocator other;

    private final long partHigh;
    private final long partLow;
    private final long seqNr;

    /**
     * A file.
     *
     * @param version of a series the number of its pieces
     * @param size bytes of the newest version, of a series those of all pieces
     * @param sha256 of the newest version, of a series over the digests of all pieces
     * @param content where the newest version stands, of a series the list of its newest pieces
     */
    public File(
        NodeId child,
        NodeType type,
        Attributes attributes,
        long version,
        long size,
        Sha256 sha256,
        ContentLocator content) {
      this.childHigh = child.high();
      this.childLow = child.low();
      this.type = (byte) type.ordinal();
      this.mode = (short) attributes.mode();
      this.modifiedNanos = attributes.modifiedNanos();
      this.version = version;
      this.size = size;
      this.sha1 = sha256.first();
      this.sha2 = sha256.second();
      this.sha3 = sha256.third();
      this.sha4 = sha256.fourth();
      if (content instanceof ContentLocator.Logged logged && NodeId.isHex(logged.partId())) {
        NodeId partition = NodeId.parse(logged.partId());
        this.other = null;
        this.partHigh = partition.high();
        this.partLow = partition.low();
        this.seqNr = logged.seqNr();
      } else {
        this.other = content;
        this.partHigh = 0;
        this.partLow = 0;
        this.seqNr = 0;
      }
    }

    @Override
    public NodeId child() {
      return new NodeId(childHigh, childLow);
    }

    @Override
    public NodeType type() {
      return TYPES[type];
    }

    @Override
    public Attributes attributes() {
      return new Attributes(mode, modifiedNanos);
    }

    @Override
    public long version() {
      return version;
    }

    /** Returns the bytes of the newest version. */
    public long size() {
      return size;
    }

    /** Returns the hash of the newest version. */
    public Sha256 sha256() {
      return new Sha256(sha1, sha2, sha3, sha4);
    }

    /** Returns where the newest version stands. */
    public ContentLocator content() {
      return other == null
          ? new ContentLocator.Logged(new NodeId(partHigh, partLow).hex(), seqNr)
          : other;
    }

    @Override
    public Entry withAttributes(Attributes changed) {
      return new File(child(), type(), changed, version, size, sha256(), content());
    }

    /** Returns the same entry whose content stands at {@code place}. */
    public File withContent(ContentLocator place) {
      return new File(child(), type(), attributes(), version, size, sha256(), place);
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof File file
          && childHigh == file.childHigh
          && childLow == file.childLow
          && type == file.type
          && mode == file.mode
          && modifiedNanos == file.modifiedNanos
          && version == file.version
          && size == file.size
          && sha256().equals(file.sha256())
          && partHigh == file.partHigh
          && partLow == file.partLow
          && seqNr == file.seqNr
          && Objects.equals(other, file.other);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(31 * childHigh + childLow) + Long.hashCode(version ^ sha1);
    }

    @Override
    public String toString() {
      return "File[child=%s, type=%s, attributes=%s, version=%d, size=%d, sha256=%s, content=%s]"
          .formatted(child(), type(), attributes(), version, size, sha256(), content());
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
