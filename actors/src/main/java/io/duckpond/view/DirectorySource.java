package io.duckpond.view;

import io.duckpond.content.NewContent;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.series.Pieces;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** Where states that are not in memory come from: the log. Any thread; may block on a disk. */
public interface DirectorySource {

  /**
   * Recovers one directory as of a transaction. Throws {@link
   * io.duckpond.journal.disk.DamageException} if the log knows nothing of it.
   */
  Published load(NodeId directory, long asOf) throws IOException;

  /** Recovers some directories as of a transaction, as {@link #load(NodeId, long)} but at once. */
  default Map<NodeId, Published> load(Set<NodeId> directories, long asOf) throws IOException {
    Map<NodeId, Published> loaded = new HashMap<>();
    for (NodeId directory : directories) {
      loaded.put(directory, load(directory, asOf));
    }
    return loaded;
  }

  /** Recovers every directory that the log knows as of a transaction, in one parallel scan. */
  Map<NodeId, Published> loadAll(long asOf) throws IOException;

  /** Returns what the log tells of the past; costs nothing until it is asked. */
  Lineage lineage();

  /** Opens the bytes of a file's version; {@code path} is for messages. */
  InputStream open(Entry.File entry, String path) throws IOException;

  /** Returns the bytes of a file's version so that another file can have them. */
  default NewContent content(Entry.File entry, String path) throws IOException {
    try (InputStream in = open(entry, path)) {
      byte[] bytes = in.readAllBytes();
      return new NewContent.Small(ByteString.fromArrayUnsafe(bytes), entry.sha256());
    }
  }

  /** Returns the pieces of a series; a source without a log has none. */
  default Pieces pieces(Entry.File series, String path) throws IOException {
    throw new IllegalStateException(path + ": no series can be here");
  }

  /** Returns the versions that a file had, which {@code holder} has as of a transaction. */
  default List<PastVersion> past(NodeId file, NodeId holder, long asOf) throws IOException {
    return List.of();
  }
}
