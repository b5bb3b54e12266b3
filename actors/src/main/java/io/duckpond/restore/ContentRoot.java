package io.duckpond.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * The tree hash of filesystem.md, "Content root": equal roots are equal trees, whatever their ids,
 * times and history. A directory's hash is the SHA-256 over its entries in the order of their
 * names' UTF-8 bytes, all numbers big-endian:
 *
 * <pre>
 *   u32 name length | name | type byte | u16 mode | 32-byte hash
 * </pre>
 *
 * The hash is of a directory its own, of a link that of its target's UTF-8 bytes, of a file that of
 * its bytes; of a series h(n), where h(0) is the SHA-256 of nothing and h(n) that of h(n - 1)
 * followed by the SHA-256 of piece n, 64 bytes. The type byte is 1 for a file, 2 for a directory, 3
 * for a link, 4 for a series, 5 for a table, 6 for a table series, 7 for a dynamic directory, 8 for
 * a dynamic file.
 */
public final class ContentRoot {
  private static final Sha256 EMPTY = Sha256.of(new byte[0]);

  private final Tree tree;

  /** From the root to the directory being hashed; a stack of ours, as trees may be very deep. */
  private final Deque<Frame> path = new ArrayDeque<>();

  private ContentRoot(Tree tree) {
    this.tree = tree;
  }

  /** Returns the content root of a tree; loads all of it, then takes linear time. */
  public static Sha256 of(Tree tree) throws IOException {
    tree.loadAll();
    return new ContentRoot(tree).walk();
  }

  private Sha256 walk() throws IOException {
    enter(NodeId.ROOT);
    while (true) {
      Frame frame = path.getLast();
      if (frame.entries.hasNext()) {
        Map.Entry<EntryName, Entry> next = frame.entries.next();
        if (next.getValue() instanceof Entry.Directory directory) {
          frame.open(next.getKey(), directory);
          enter(directory.child());
        } else {
          frame.open(next.getKey(), next.getValue());
          frame.close(hash(next.getValue()));
        }
      } else {
        Sha256 hash = frame.hash();
        path.removeLast();
        if (path.isEmpty()) {
          return hash;
        }
        path.getLast().close(hash);
      }
    }
  }

  private void enter(NodeId directory) throws IOException {
    path.addLast(new Frame(tree.directory(directory).entries().entrySet().iterator()));
  }

  private static Sha256 hash(Entry entry) {
    if (entry instanceof Entry.File file) {
      return file.sha256();
    }
    return entry instanceof Entry.Symlink link ? Sha256.of(link.target().getBytes(UTF_8)) : EMPTY;
  }

  private static byte typeByte(NodeType type) {
    return switch (type) {
      case FILE -> 1;
      case DIRECTORY -> 2;
      case SYMLINK -> 3;
      case SERIES -> 4;
      case TABLE -> 5;
      case TABLE_SERIES -> 6;
      case DYNAMIC_DIRECTORY -> 7;
      case DYNAMIC_FILE -> 8;
    };
  }

  /** A directory whose entries up to the present one have been hashed. */
  private static final class Frame {
    final Iterator<Map.Entry<EntryName, Entry>> entries;
    private final MessageDigest digest = Sha256.digest();

    Frame(Iterator<Map.Entry<EntryName, Entry>> entries) {
      this.entries = entries;
    }

    void open(EntryName name, Entry entry) {
      byte[] bytes = name.value().getBytes(UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      digest.update(bytes);
      digest.update(typeByte(entry.type()));
      digest.update(ByteBuffer.allocate(2).putShort((short) entry.attributes().mode()).array());
    }

    void close(Sha256 hash) {
      digest.update(hash.bytes());
    }

    Sha256 hash() {
      return Sha256.from(digest.digest());
    }
  }
}
