package io.duckpond.oplog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Landmark;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.node.Piece;
import io.duckpond.table.TableColumn;
import io.duckpond.table.TableSchema;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link OplogEntry.Pieces} to and from the bytes of its row: lines of words, so that whoever opens
 * the log without us can follow a series.
 *
 * <pre>
 *   series  version  bytes of all pieces  digest over the digests of all pieces
 *   earlier version  bytes up to it       part_id seq_nr      of the row that lists pieces up to it
 *   piece   version  bytes  sha256        part_id seq_nr      of the row that has its bytes
 *   column  name     type                                     of a table series, percent-encoded
 * </pre>
 */
final class PieceList {
  private static final int SERIES_WORDS = 4;
  private static final int EARLIER_WORDS = 5;
  private static final int PIECE_WORDS = 6;
  private static final int COLUMN_WORDS = 3;

  private PieceList() {}

  /** Throws {@link IllegalArgumentException} if something has no place in the log yet. */
  static byte[] encode(OplogEntry.Pieces row) {
    StringBuilder text = new StringBuilder();
    text.append("series ").append(row.version()).append(' ').append(row.end());
    text.append(' ').append(row.sha256()).append('\n');
    for (Landmark earlier : row.earlier()) {
      text.append("earlier ").append(earlier.version()).append(' ').append(earlier.end());
      place(text, earlier.place());
    }
    for (Piece piece : row.pieces()) {
      text.append("piece ").append(piece.version()).append(' ').append(piece.size());
      text.append(' ').append(piece.sha256());
      place(text, piece.place());
    }
    for (TableColumn column : row.columns().columns()) {
      text.append("column ").append(URLEncoder.encode(column.name(), UTF_8)).append(' ');
      text.append(URLEncoder.encode(column.type(), UTF_8)).append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private static void place(StringBuilder text, ContentLocator place) {
    if (!(place instanceof ContentLocator.Logged logged)) {
      throw new IllegalArgumentException("a piece of a series has no place in the log");
    }
    text.append(' ').append(logged.partId()).append(' ').append(logged.seqNr()).append('\n');
  }

  /** Returns the row; bytes that are none are a {@link DamageException}. */
  static OplogEntry.Pieces decode(NodeId node, NodeType type, long version, byte[] bytes) {
    try {
      return decode(node, type, version, new String(bytes, UTF_8).lines().toList());
    } catch (IllegalArgumentException e) {
      throw new DamageException("the list of pieces is malformed: " + e.getMessage(), e);
    }
  }

  private static OplogEntry.Pieces decode(
      NodeId node, NodeType type, long version, List<String> lines) {
    List<Landmark> earlier = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    List<TableColumn> columns = new ArrayList<>();
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("no line");
    }
    String[] head = words(lines.get(0), "series", SERIES_WORDS);
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("earlier ")) {
        String[] words = words(line, "earlier", EARLIER_WORDS);
        earlier.add(new Landmark(number(words[1]), number(words[2]), place(words[3], words[4])));
      } else if (line.startsWith("column ")) {
        String[] words = words(line, "column", COLUMN_WORDS);
        columns.add(
            new TableColumn(
                URLDecoder.decode(words[1], UTF_8), URLDecoder.decode(words[2], UTF_8)));
      } else {
        String[] words = words(line, "piece", PIECE_WORDS);
        pieces.add(
            new Piece(
                number(words[1]),
                number(words[2]),
                Sha256.parse(words[3]),
                place(words[4], words[5])));
      }
    }
    if (number(head[1]) != version) {
      throw new IllegalArgumentException("of version " + head[1] + ", not " + version);
    }
    return new OplogEntry.Pieces(
        node,
        type,
        version,
        number(head[2]),
        Sha256.parse(head[3]),
        pieces,
        earlier,
        new TableSchema(columns));
  }

  private static String[] words(String line, String first, int count) {
    String[] words = line.split(" ", -1);
    if (words.length != count || !words[0].equals(first)) {
      throw new IllegalArgumentException("not '" + first + "': " + line);
    }
    return words;
  }

  private static long number(String digits) {
    long number = Long.parseLong(digits);
    if (number < 0) {
      throw new IllegalArgumentException("less than 0: " + digits);
    }
    return number;
  }

  private static ContentLocator place(String partId, String seqNr) {
    return new ContentLocator.Logged(partId, number(seqNr));
  }
}
