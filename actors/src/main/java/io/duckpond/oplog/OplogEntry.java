package io.duckpond.oplog;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Landmark;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.node.Piece;
import io.duckpond.table.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** One row of the oplog: something that happened to one node. Add components; never repurpose. */
public sealed interface OplogEntry {

  /** Returns the node it happened to. */
  NodeId node();

  /**
   * A directory's own row, the only one that changes its state.
   *
   * @param own the directory's own attributes; present only in rows of the root, which has no
   *     parent entry to hold them
   */
  record DirectoryChanged(NodeId node, List<DirectoryEntry> changes, Optional<Attributes> own)
      implements OplogEntry {
    public DirectoryChanged {
      changes = List.copyOf(changes);
    }
  }

  /** A new version of a small file, its bytes in this row (an attachment). */
  record SmallFile(NodeId node, NodeType type, long version, Sha256 sha256, ByteString bytes)
      implements OplogEntry {}

  /** A new version of a large file, its bytes in {@code contents/}. */
  record LargeFile(
      NodeId node, NodeType type, long version, long size, Sha256 sha256, Sha256 blocks)
      implements OplogEntry {}

  /**
   * The newest pieces of a series, and where the rows stand that list those before them (an
   * attachment). There is one at each multiple of 8, which lists the pieces since the one before;
   * at each multiple of 64, which lists 64; and one for the last piece of each transaction.
   *
   * @param version of the last piece
   * @param end bytes of all pieces up to it
   * @param sha256 of the series up to it: {@link #sha256(Sha256, Sha256)} of the one before
   * @param pieces consecutive, the last one of {@code version}
   * @param earlier for each power of 8 the greatest multiple of it below {@code version}, each
   *     once, the greatest last; so any piece is a few steps away
   * @param columns of all tables of a table series, up to {@code version} at least
   */
  record Pieces(
      NodeId node,
      NodeType type,
      long version,
      long end,
      Sha256 sha256,
      List<Piece> pieces,
      List<Landmark> earlier,
      TableSchema columns)
      implements OplogEntry {
    /** Of a series without pieces. */
    public static final Sha256 NONE = Sha256.of(new byte[0]);

    /** Pieces and landmarks that do not follow one another are refused. */
    public Pieces {
      pieces = List.copyOf(pieces);
      earlier = List.copyOf(earlier);
      long expected = version - pieces.size() + 1;
      for (Piece piece : pieces) {
        if (piece.version() != expected++) {
          throw new IllegalArgumentException("piece " + piece.version() + " is out of order");
        }
      }
      long first = version - pieces.size() + 1;
      long last = earlier.isEmpty() ? 0 : earlier.get(earlier.size() - 1).version();
      if (pieces.isEmpty() || first < 1 || last >= version || last < first - 1) {
        throw new IllegalArgumentException("pieces before " + first + " cannot be found");
      }
    }

    /** Returns the digest of a series with one piece more. */
    public static Sha256 sha256(Sha256 before, Sha256 piece) {
      byte[] both = Arrays.copyOf(before.bytes(), 2 * Sha256.BYTES);
      System.arraycopy(piece.bytes(), 0, both, Sha256.BYTES, Sha256.BYTES);
      return Sha256.of(both);
    }

    /** Returns the same row in an event: what came with it stands at {@code place}. */
    public Pieces at(ContentLocator.Logged place) {
      return new Pieces(
          node,
          type,
          version,
          end,
          sha256,
          pieces.stream().map(piece -> isPending(piece.place()) ? piece.at(place) : piece).toList(),
          earlier.stream().map(mark -> isPending(mark.place()) ? mark.at(place) : mark).toList(),
          columns);
    }

    private static boolean isPending(ContentLocator place) {
      return place == ContentLocator.Pending.PENDING;
    }
  }

  /** A new symbolic link. */
  record Link(NodeId node, long version, String target) implements OplogEntry {}
}
