package io.duckpond.series;

import io.duckpond.content.NewContent;
import io.duckpond.node.Piece;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;

/** The pieces of one state of a series. For one thread. */
public interface Pieces {

  /**
   * A piece and its place in the series.
   *
   * @param start bytes of all pieces before it
   */
  record Placed(Piece piece, long start) {
    /** Returns the bytes up to its end. */
    public long end() {
      return start + piece.size();
    }
  }

  /** Returns a piece by its version, from 1 up to the series' own. */
  Placed numbered(long version) throws IOException;

  /** Returns the piece that holds a byte of the series, which has more bytes than that. */
  Placed holding(long position) throws IOException;

  /** Opens the bytes of a piece, which are checked before they are handed out. */
  InputStream open(Piece piece) throws IOException;

  /** Returns the bytes of a piece so that another file can have them. */
  NewContent content(Piece piece) throws IOException;

  /** Returns the columns of all tables of a table series; of any other there are none. */
  TableSchema columns() throws IOException;

  /** Returns what is to be known to append to the series. */
  GrowingSeries growing() throws IOException;
}
