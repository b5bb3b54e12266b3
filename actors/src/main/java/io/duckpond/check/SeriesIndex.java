package io.duckpond.check;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.Piece;
import io.duckpond.oplog.OplogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The pieces of all series, as rows list them, and those that stand in {@code contents/}. */
final class SeriesIndex {
  private final Map<NodeId, TreeMap<Long, Piece>> listed = new ConcurrentHashMap<>();
  private final Map<NodeId, List<OplogEntry.LargeFile>> large = new ConcurrentHashMap<>();

  void add(OplogEntry.Pieces row) {
    listed.compute(
        row.node(),
        (node, known) -> {
          TreeMap<Long, Piece> pieces = known == null ? new TreeMap<>() : known;
          row.pieces().forEach(piece -> pieces.putIfAbsent(piece.version(), piece));
          return pieces;
        });
  }

  void add(OplogEntry.LargeFile piece) {
    large.compute(
        piece.node(),
        (node, known) -> {
          List<OplogEntry.LargeFile> pieces = known == null ? new ArrayList<>() : known;
          pieces.add(piece);
          return pieces;
        });
  }

  /** Returns the pieces of a series that some row lists, oldest first. */
  List<Piece> pieces(Entry.File series) {
    return List.copyOf(
        listed
            .getOrDefault(series.child(), new TreeMap<>())
            .headMap(series.version(), /* inclusive= */ true)
            .values());
  }

  /** Returns the large pieces of a series, in no particular order. */
  List<OplogEntry.LargeFile> large(Entry.File series) {
    return large.getOrDefault(series.child(), List.of()).stream()
        .filter(piece -> piece.version() <= series.version())
        .toList();
  }
}
