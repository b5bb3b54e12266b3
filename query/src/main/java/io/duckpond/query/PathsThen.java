package io.duckpond.query;

import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader.Bytes;
import io.duckpond.oplog.OplogRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The path of every node after every transaction, from all names that directories ever put. Built
 * only for statements that ask for a path, since it reads every directory row of the log.
 *
 * <p>A node that a transaction wrote and that a later one unlinked keeps the path that it had; one
 * that was never linked, which only a damaged log holds, has none.
 */
final class PathsThen {

  /** For statements that ask for no path. */
  static final PathsThen NONE = new PathsThen(Map.of());

  /** Where a node went in a transaction, and where it had been. */
  private record Place(long txnSeq, String parent, String name, @Nullable Place before) {

    /** Returns the place after a transaction; null if there was none yet. */
    @Nullable Place at(long asOf) {
      Place place = this;
      while (place != null && place.txnSeq > asOf) {
        place = place.before;
      }
      return place;
    }
  }

  private static final long PENDING = Long.MAX_VALUE;

  private final Map<String, Place> places;
  private final Map<String, Optional<String>> directories = new HashMap<>();
  private long directoriesAt = -1;

  private PathsThen(Map<String, Place> places) {
    this.places = places;
  }

  /** Reads all that is needed for the paths of the rows of a filter. */
  static PathsThen upTo(PondState state, LogFilter filter) throws IOException {
    Map<String, Place> places = new HashMap<>();
    LogFilter before = state.upTo(new LogFilter(Optional.empty(), 1, filter.toTxnSeq()));
    try (Stream<OplogRow> rows = state.log().entries(before, Bytes.READ)) {
      rows.filter(row -> row.type() == NodeType.DIRECTORY)
          .forEach(row -> place(places, state, row, row.txnSeq()));
    }
    state.pending().stream()
        .filter(row -> row.type() == NodeType.DIRECTORY)
        .forEach(row -> place(places, state, row, PENDING));
    return new PathsThen(places);
  }

  private static void place(Map<String, Place> places, PondState state, OplogRow row, long txnSeq) {
    for (DirectoryEntry change : state.log().changes(row)) {
      boolean puts =
          change instanceof DirectoryEntry.Put || change instanceof DirectoryEntry.MovedIn;
      if (puts) {
        String node = change.entry().child().hex();
        String name = change.name().value();
        Place known = places.get(node);
        boolean same =
            known != null && known.parent().equals(row.nodeId()) && known.name().equals(name);
        if (!same) {
          places.put(node, new Place(txnSeq, row.nodeId(), name, known));
        }
      }
    }
  }

  /** Returns the path of a committed row's node after the row's transaction. */
  @Nullable String committed(OplogRow row) {
    return path(row.nodeId(), row.txnSeq());
  }

  /** Returns the path of a pending row's node once it is committed. */
  @Nullable String pending(OplogRow row) {
    return path(row.nodeId(), PENDING);
  }

  private @Nullable String path(String node, long txnSeq) {
    if (txnSeq != directoriesAt) {
      directories.clear();
      directoriesAt = txnSeq;
    }
    if (node.equals(NodeId.ROOT.hex())) {
      return "/";
    }
    Place latest = places.get(node);
    Place place = latest == null ? null : latest.at(txnSeq);
    if (place == null) {
      return null;
    }
    // Not computeIfAbsent: the parent's own lookup changes the map.
    Optional<String> parent = directories.get(place.parent());
    if (parent == null) {
      parent = Optional.ofNullable(path(place.parent(), txnSeq));
      directories.put(place.parent(), parent);
    }
    return parent.map(above -> (above.equals("/") ? "" : above) + "/" + place.name()).orElse(null);
  }
}
