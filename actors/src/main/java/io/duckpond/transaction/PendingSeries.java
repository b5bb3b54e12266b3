package io.duckpond.transaction;

import io.duckpond.content.NewContent;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.Piece;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.series.GrowingSeries;
import io.duckpond.series.Pieces;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a transaction has appended to one series, over what was committed of it. */
final class PendingSeries {
  private final NodeId node;
  private final Optional<Pieces> committed;
  private final GrowingSeries before;
  private final long firstStart;
  private final List<Appended> appended = new ArrayList<>();
  private TableSchema columns;

  /**
   * A piece and where its bytes are until the commit; {@code start} as in {@link Pieces.Placed}.
   */
  record Appended(Piece piece, long start, PendingContents.Held held) {}

  private PendingSeries(Entry.File series, Optional<Pieces> committed, GrowingSeries before) {
    this.node = series.child();
    this.committed = committed;
    this.before = before;
    this.firstStart = series.size();
    this.columns = before.columns();
  }

  /** Of a series that has no piece yet. */
  static PendingSeries of(Entry.File series) {
    return new PendingSeries(
        series, Optional.empty(), GrowingSeries.empty(series.child(), series.type()));
  }

  /** Over a committed series and its pieces. */
  static PendingSeries over(Entry.File series, Pieces committed) throws IOException {
    return new PendingSeries(series, Optional.of(committed), committed.growing());
  }

  NodeId node() {
    return node;
  }

  /** Appends a piece; {@code brought} are the columns of one that is a table. */
  void add(long version, NewContent content, TableSchema brought, PendingContents.Held held) {
    columns = columns.plus(brought);
    long start = appended.isEmpty() ? firstStart : last().start() + last().piece().size();
    appended.add(
        new Appended(
            new Piece(version, content.size(), content.sha256(), placeOf(held)), start, held));
  }

  /** Returns what makes this again what it is now. */
  Runnable restore() {
    List<Appended> now = List.copyOf(appended);
    TableSchema columnsNow = columns;
    return () -> {
      columns = columnsNow;
      appended.clear();
      appended.addAll(now);
    };
  }

  private Appended last() {
    return appended.get(appended.size() - 1);
  }

  private static ContentLocator placeOf(PendingContents.Held held) {
    return held instanceof PendingContents.Staged staged
        ? staged.place()
        : ContentLocator.Pending.PENDING;
  }

  /** Moves what is held in memory elsewhere. */
  interface Mover {
    PendingContents.Held move(PendingContents.Held held) throws IOException;
  }

  void move(Mover mover) throws IOException {
    for (int i = 0; i < appended.size(); i++) {
      Appended each = appended.get(i);
      PendingContents.Held held = mover.move(each.held());
      appended.set(i, new Appended(each.piece().at(placeOf(held)), each.start(), held));
    }
  }

  List<Appended> appended() {
    return appended;
  }

  /** Returns the rows for the event of the directory that has the series. */
  List<OplogEntry> rows() {
    List<OplogEntry> rows = new ArrayList<>();
    for (Appended each : appended) {
      if (each.held() instanceof PendingContents.InMemory small) {
        rows.add(small.row());
      } else if (each.held() instanceof PendingContents.InContents large) {
        rows.add(large.row());
      }
    }
    rows.addAll(before.rows(appended.stream().map(Appended::piece).toList(), columns));
    return rows;
  }

  /** Returns all pieces; those appended here are read from {@code contents}. */
  Pieces pieces(PendingContents contents) {
    return new Pieces() {
      @Override
      public Placed numbered(long version) throws IOException {
        long first = appended.get(0).piece().version();
        return version < first ? old().numbered(version) : placed((int) (version - first));
      }

      @Override
      public Placed holding(long position) throws IOException {
        if (position < firstStart) {
          return old().holding(position);
        }
        int low = 0;
        int high = appended.size() - 1;
        while (low < high) {
          int middle = (low + high) / 2;
          if (position < placed(middle).end()) {
            high = middle;
          } else {
            low = middle + 1;
          }
        }
        return placed(low);
      }

      @Override
      public InputStream open(Piece piece) throws IOException {
        Optional<Appended> here = here(piece);
        return here.isPresent()
            ? contents.open(here.get().held(), node, piece.version())
            : old().open(piece);
      }

      @Override
      public NewContent content(Piece piece) throws IOException {
        Optional<Appended> here = here(piece);
        return here.isPresent()
            ? contents.content(here.get().held(), node, piece.version())
            : old().content(piece);
      }

      @Override
      public TableSchema columns() {
        return columns;
      }

      @Override
      public GrowingSeries growing() {
        return before.after(appended.stream().map(Appended::piece).toList(), columns);
      }
    };
  }

  private Optional<Appended> here(Piece piece) {
    long first = appended.get(0).piece().version();
    return piece.version() < first
        ? Optional.empty()
        : Optional.of(appended.get((int) (piece.version() - first)));
  }

  private Pieces.Placed placed(int index) {
    Appended each = appended.get(index);
    return new Pieces.Placed(each.piece(), each.start());
  }

  private Pieces old() {
    return committed.orElseThrow(
        () -> new IllegalStateException("series " + node + " has no committed pieces"));
  }
}
