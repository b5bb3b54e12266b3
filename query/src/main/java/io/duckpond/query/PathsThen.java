package io.duckpond.query;

import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader.Bytes;
import io.duckpond.oplog.OplogRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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
  static final PathsThen NONE = new PathsThen(List.of());

  /** A name that a directory put in a transaction. */
  private record Put(String node, long txnSeq, String parent, String name) {}

  /** Where a node went, and where it had been before that. */
  private record Place(Put put, @Nullable Place before) {

    /** Returns the place after a transaction; null if there was none yet. */
    @Nullable Place at(long txnSeq) {
      Place place = this;
      while (place != null && place.put.txnSeq() > txnSeq) {
        place = place.before;
      }
      return place;
    }
  }

  private static final long PENDING = Long.MAX_VALUE;

  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, String> directories = new HashMap<>();
  private long directoriesAt = -1;

  private PathsThen(List<Put> inOrder) {
    for (Put put : inOrder) {
      places.compute(put.node(), (node, before) -> new Place(put, before));
    }
  }

  /** Reads all that is needed for the paths of the rows of a filter. */
  static PathsThen upTo(PondState state, LogFilter filter) throws IOException {
    List<Put> puts = new ArrayList<>();
    LogFilter before = state.upTo(new LogFilter(Optional.empty(), 1, filter.toTxnSeq()));
    try (Stream<OplogRow> rows = state.log().entries(before, Bytes.READ)) {
      rows.forEach(row -> collect(puts, state, row, row.txnSeq()));
    }
    state.pending().forEach(row -> collect(puts, state, row, PENDING));
    // The log is in the order of its files, within which partitions come one after the other.
    puts.sort(Comparator.comparingLong(Put::txnSeq));
    return new PathsThen(puts);
  }

  private static void collect(List<Put> puts, PondState state, OplogRow row, long txnSeq) {
    if (row.type() != NodeType.DIRECTORY) {
      return;
    }
    for (DirectoryEntry change : state.log().changes(row)) {
      if (change instanceof DirectoryEntry.Put || change instanceof DirectoryEntry.MovedIn) {
        String node = change.entry().child().hex();
        puts.add(new Put(node, txnSeq, row.nodeId(), change.name().value()));
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

  // Rows of one transaction come mostly together, and mostly from few directories.
  private @Nullable String path(String node, long txnSeq) {
    if (txnSeq != directoriesAt) {
      directories.clear();
      directories.put(NodeId.ROOT.hex(), "");
      directoriesAt = txnSeq;
    }
    if (node.equals(NodeId.ROOT.hex())) {
      return "/";
    }
    List<Put> upwards = new ArrayList<>();
    String prefix = directories.get(node);
    for (String above = node; prefix == null; prefix = directories.get(above)) {
      Place latest = places.get(above);
      Place place = latest == null ? null : latest.at(txnSeq);
      // More steps than there are nodes: a circle, which only a damaged log holds.
      if (place == null || upwards.size() > places.size()) {
        return null;
      }
      upwards.add(place.put());
      above = place.put().parent();
    }
    String path = prefix;
    for (int i = upwards.size() - 1; i >= 0; i--) {
      path = path + "/" + upwards.get(i).name();
      if (i > 0) {
        directories.put(upwards.get(i).node(), path);
      }
    }
    return path;
  }
}
