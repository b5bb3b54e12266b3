package io.duckpond.series;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Landmark;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.node.Piece;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the rows that list the pieces of a series as it grows. It knows the pieces since the last
 * multiple of 64 and the landmarks, and nothing older. For one thread.
 */
public final class GrowingSeries {
  /** A row at each multiple. */
  private static final long STEP = 8;

  /** A row at each multiple lists as many pieces. */
  private static final long BLOCK = 64;

  private final NodeId node;
  private final NodeType type;
  private final List<Piece> block = new ArrayList<>();

  /** The newest row at a multiple of each power of 8, by that power. */
  private final TreeMap<Long, Landmark> marks = new TreeMap<>();

  private long version;
  private long end;
  private Sha256 sha256 = OplogEntry.Pieces.NONE;
  private TableSchema columns = TableSchema.NONE;

  private GrowingSeries(NodeId node, NodeType type) {
    this.node = node;
    this.type = type;
  }

  /** A series without pieces. */
  public static GrowingSeries empty(NodeId node, NodeType type) {
    return new GrowingSeries(node, type);
  }

  /**
   * A committed series.
   *
   * @param newest its newest row, which stands at {@code place}
   */
  static GrowingSeries of(OplogEntry.Pieces newest, ContentLocator place, Pieces logged)
      throws IOException {
    GrowingSeries series = new GrowingSeries(newest.node(), newest.type());
    series.version = newest.version();
    series.end = newest.end();
    series.sha256 = newest.sha256();
    series.columns = newest.columns();
    for (Landmark mark : newest.earlier()) {
      series.mark(mark);
    }
    if (newest.version() % STEP == 0) {
      series.mark(new Landmark(newest.version(), newest.end(), place));
    }
    long first = newest.version() / BLOCK * BLOCK + 1;
    for (long number = first; number <= newest.version(); number++) {
      series.block.add(logged.numbered(number).piece());
    }
    return series;
  }

  private void mark(Landmark mark) {
    for (long power = STEP; mark.version() % power == 0; power *= STEP) {
      marks.put(power, mark);
    }
  }

  /** A copy that grows apart from this one. */
  private GrowingSeries copy() {
    GrowingSeries copy = new GrowingSeries(node, type);
    copy.block.addAll(block);
    copy.marks.putAll(marks);
    copy.version = version;
    copy.end = end;
    copy.sha256 = sha256;
    copy.columns = columns;
    return copy;
  }

  /** Returns the columns of all its tables. */
  public TableSchema columns() {
    return columns;
  }

  /**
   * Returns the rows that append {@code pieces}, which follow on; changes nothing.
   *
   * @param columnsAfter of all tables, the pieces included
   */
  public List<OplogEntry.Pieces> rows(List<Piece> pieces, TableSchema columnsAfter) {
    GrowingSeries after = copy();
    after.columns = columnsAfter;
    List<OplogEntry.Pieces> rows = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      after.add(pieces.get(i));
      if (after.version % STEP == 0 || i == pieces.size() - 1) {
        rows.add(after.row());
      }
    }
    return rows;
  }

  /** Returns the series after {@code pieces} are appended, which have no row yet. */
  public GrowingSeries after(List<Piece> pieces, TableSchema columnsAfter) {
    GrowingSeries after = copy();
    after.columns = columnsAfter;
    for (Piece piece : pieces) {
      after.add(piece);
      if (after.version % STEP == 0) {
        after.row();
      }
    }
    return after;
  }

  private void add(Piece piece) {
    if (piece.version() != version + 1) {
      throw new IllegalStateException(
          "series " + node + ": piece " + piece.version() + " follows version " + version);
    }
    if (version % BLOCK == 0) {
      block.clear();
    }
    block.add(piece);
    version++;
    end += piece.size();
    sha256 = OplogEntry.Pieces.sha256(sha256, piece.sha256());
  }

  private OplogEntry.Pieces row() {
    long listed = version % BLOCK == 0 ? BLOCK : (version - 1) % STEP + 1;
    List<Piece> newest = block.subList(block.size() - (int) listed, block.size());
    List<Landmark> earlier = new ArrayList<>();
    for (Map.Entry<Long, Landmark> mark : marks.descendingMap().entrySet()) {
      if (earlier.isEmpty() || !earlier.get(earlier.size() - 1).equals(mark.getValue())) {
        earlier.add(mark.getValue());
      }
    }
    OplogEntry.Pieces row =
        new OplogEntry.Pieces(node, type, version, end, sha256, newest, earlier, columns);
    if (version % STEP == 0) {
      mark(new Landmark(version, end, ContentLocator.Pending.PENDING));
    }
    return row;
  }
}
