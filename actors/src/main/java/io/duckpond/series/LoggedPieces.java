package io.duckpond.series;

import io.duckpond.content.NewContent;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.Landmark;
import io.duckpond.node.NodeType;
import io.duckpond.node.Piece;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The pieces of a committed series, found from its newest row over landmarks, never by a scan: at
 * most seven steps for each power of 8 below the series' version, and the rows passed are kept. For
 * one thread.
 */
public final class LoggedPieces implements Pieces {
  private final Rows rows;
  private final Entry.File series;
  private final String path;

  /**
   * The rows passed on the way to what was found last, that one on top: the next piece is mostly in
   * the same, or a step from the last of those that reach as far.
   */
  private final Deque<OplogEntry.Pieces> way = new ArrayDeque<>();

  /** The log, as far as a series needs it. */
  public interface Rows {
    /** Returns the row that lists pieces up to a version. */
    OplogEntry.Pieces pieces(ContentLocator.Logged place, long version) throws IOException;

    /** Opens the file that a piece would be alone. */
    InputStream open(Entry.File piece) throws IOException;

    /** Returns the bytes of that file so that another file can have them. */
    NewContent content(Entry.File piece) throws IOException;
  }

  /** Of a series of at least one piece; {@code path} is for messages. */
  public LoggedPieces(Rows rows, Entry.File series, String path) {
    this.rows = rows;
    this.series = series;
    this.path = path;
  }

  /** What is looked for: a version, or a byte. */
  private interface Goal {
    /** Returns whether it lies at or before this end. */
    boolean within(long version, long end);
  }

  @Override
  public Placed numbered(long version) throws IOException {
    return find((upTo, end) -> version <= upTo);
  }

  @Override
  public Placed holding(long position) throws IOException {
    return find((upTo, end) -> position < end);
  }

  private Placed find(Goal goal) throws IOException {
    while (!way.isEmpty() && !goal.within(way.peek().version(), way.peek().end())) {
      way.pop();
    }
    if (way.isEmpty()) {
      way.push(newest());
    }
    OplogEntry.Pieces row = way.element();
    while (!startsWithin(row, goal)) {
      Landmark next = nearest(row, goal);
      row = fetch(next.place(), next.version());
      if (row.end() != next.end()) {
        throw damage(next.version(), next.end() + " bytes", row.end() + " bytes");
      }
      way.push(row);
    }
    return placed(row, goal);
  }

  /** Returns the newest row, which must be that of the series' entry. */
  private OplogEntry.Pieces newest() throws IOException {
    OplogEntry.Pieces row = fetch(series.content(), series.version());
    if (row.end() != series.size() || !row.sha256().equals(series.sha256())) {
      throw damage(
          series.version(),
          series.size() + " bytes, digest " + series.sha256(),
          row.end() + " bytes, digest " + row.sha256());
    }
    return row;
  }

  private OplogEntry.Pieces fetch(ContentLocator place, long version) throws IOException {
    if (place instanceof ContentLocator.Logged logged) {
      return rows.pieces(logged, version);
    }
    throw new IllegalStateException(path + ": version " + version + " is not in the log");
  }

  /** Returns whether a goal is among the pieces that a row lists. */
  private static boolean startsWithin(OplogEntry.Pieces row, Goal goal) {
    long before = row.version() - row.pieces().size();
    return goal.within(row.version(), row.end()) && !goal.within(before, start(row));
  }

  private static long start(OplogEntry.Pieces row) {
    return row.end() - row.pieces().stream().mapToLong(Piece::size).sum();
  }

  private static Placed placed(OplogEntry.Pieces row, Goal goal) {
    long start = start(row);
    for (Piece piece : row.pieces()) {
      if (goal.within(piece.version(), start + piece.size())) {
        return new Placed(piece, start);
      }
      start += piece.size();
    }
    throw new IllegalStateException("the row of version " + row.version() + " has no such piece");
  }

  private Landmark nearest(OplogEntry.Pieces row, Goal goal) {
    for (Landmark mark : row.earlier()) {
      if (goal.within(mark.version(), mark.end())) {
        return mark;
      }
    }
    throw damage(row.version(), "where earlier pieces are", "nothing");
  }

  private DamageException damage(long version, String expected, String found) {
    return new DamageException(
        String.format(
            "%s: the list of pieces up to version %d is damaged: expected %s, found %s",
            path, version, expected, found));
  }

  @Override
  public InputStream open(Piece piece) throws IOException {
    return rows.open(file(piece));
  }

  @Override
  public NewContent content(Piece piece) throws IOException {
    return rows.content(file(piece));
  }

  @Override
  public TableSchema columns() throws IOException {
    return newest().columns();
  }

  @Override
  public GrowingSeries growing() throws IOException {
    return GrowingSeries.of(newest(), series.content(), this);
  }

  private Entry.File file(Piece piece) {
    return new Entry.File(
        series.child(),
        NodeType.FILE,
        series.attributes(),
        piece.version(),
        piece.size(),
        piece.sha256(),
        piece.place());
  }
}
