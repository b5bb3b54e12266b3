package io.duckpond.view;

import io.duckpond.content.NewContent;
import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.series.Pieces;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/**
 * A tree to read from: a committed state, or a transaction's view of it. Safe for use by many
 * threads unless it is a transaction's.
 */
public interface Tree {

  /** Returns the transaction up to which committed changes are seen. */
  long txnSeq();

  /** Returns the state of a directory that this tree reaches; loads it if need be. */
  DirectoryState directory(NodeId directory) throws IOException;

  /** Returns what a directory that this tree reaches holds under a name. */
  default Optional<Entry> entry(NodeId directory, EntryName name) throws IOException {
    return directory(directory).get(name);
  }

  /** Returns the root's own attributes, if they were ever set. */
  default Optional<Attributes> own() throws IOException {
    return directory(NodeId.ROOT).own();
  }

  /**
   * Loads directories that this tree reaches, all in one scan; for those who will ask for each of
   * them next. A tree that is in memory anyhow does nothing.
   */
  default void load(Set<NodeId> directories) throws IOException {}

  /** Loads a directory and all below it, one scan a level; for those who are about to walk it. */
  default void loadBelow(NodeId top) throws IOException {
    if (top.equals(NodeId.ROOT)) {
      loadAll();
      return;
    }
    Set<NodeId> seen = new HashSet<>();
    Set<NodeId> level = Set.of(top);
    while (!level.isEmpty()) {
      load(level);
      seen.addAll(level);
      Set<NodeId> below = new HashSet<>();
      for (NodeId directory : level) {
        for (Entry entry : directory(directory).entries().values()) {
          if (entry instanceof Entry.Directory && !seen.contains(entry.child())) {
            below.add(entry.child());
          }
        }
      }
      level = below;
    }
  }

  /**
   * Loads every directory of the tree in one parallel scan, after which {@link #directory} is a map
   * lookup. For those who are about to walk much of it.
   */
  void loadAll() throws IOException;

  /**
   * Opens the bytes of a file's version as {@code entry} locates it. Every block is checked before
   * it is handed out; damage is a {@code DamageException} naming {@code path}.
   */
  InputStream open(Entry.File entry, String path) throws IOException;

  /**
   * Returns the bytes of a file's version so that another file can have them: of a large one only
   * where they are, if this tree keeps it apart.
   */
  default NewContent content(Entry.File entry, String path) throws IOException {
    try (InputStream in = open(entry, path)) {
      byte[] bytes = in.readAllBytes();
      return new NewContent.Small(ByteString.fromArrayUnsafe(bytes), entry.sha256());
    }
  }

  /** Returns the pieces of a series that this tree has; one without a log has no series. */
  default Pieces pieces(Entry.File series, String path) throws IOException {
    throw new IllegalStateException(path + ": no series can be here");
  }

  /**
   * Returns what a file was that this tree has as {@code name} in {@code holder}: an entry for each
   * transaction that gave it another version, oldest first, wherever it stood then. A tree without
   * a log knows none.
   */
  default List<PastVersion> past(NodeId holder, EntryName name) throws IOException {
    return List.of();
  }
}
