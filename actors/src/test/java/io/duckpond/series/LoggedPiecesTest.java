package io.duckpond.series;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.content.NewContent;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.node.Piece;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.table.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Finding pieces over landmarks, in a log of rows in memory. */
class LoggedPiecesTest {
  private static final NodeId NODE = new NodeId(1, 2);

  /** Rows by the version that they list pieces up to, one event a transaction. */
  private static final class Log implements LoggedPieces.Rows {
    private final Map<Long, OplogEntry.Pieces> rows = new HashMap<>();
    private GrowingSeries series = GrowingSeries.empty(NODE, NodeType.SERIES);
    private Entry.File entry =
        new Entry.File(
            NODE,
            NodeType.SERIES,
            new Attributes(0644, 0),
            0,
            0,
            OplogEntry.Pieces.NONE,
            ContentLocator.Pending.PENDING);
    private long transactions;
    private int fetched;

    /** Appends so many pieces, whose text is their version, in one transaction. */
    void append(int count) throws IOException {
      ContentLocator.Logged place = new ContentLocator.Logged("p", ++transactions);
      List<Piece> pieces = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        byte[] text = text(entry.version() + i);
        pieces.add(
            new Piece(
                entry.version() + i, text.length, Sha256.of(text), ContentLocator.Pending.PENDING));
      }
      List<OplogEntry.Pieces> added =
          series.rows(pieces, TableSchema.NONE).stream().map(row -> row.at(place)).toList();
      added.forEach(row -> rows.put(row.version(), row));
      OplogEntry.Pieces last = added.get(added.size() - 1);
      entry =
          new Entry.File(
              NODE,
              NodeType.SERIES,
              entry.attributes(),
              last.version(),
              last.end(),
              last.sha256(),
              place);
      series = pieces().growing();
    }

    LoggedPieces pieces() {
      return new LoggedPieces(this, entry, "/s");
    }

    @Override
    public OplogEntry.Pieces pieces(ContentLocator.Logged place, long version) {
      fetched++;
      OplogEntry.Pieces row = rows.get(version);
      if (row == null) {
        throw new DamageException("/s: version " + version + " is gone");
      }
      return row;
    }

    @Override
    public InputStream open(Entry.File piece) {
      return new ByteArrayInputStream(text(piece.version()));
    }

    @Override
    public NewContent content(Entry.File piece) {
      throw new IllegalStateException("not asked for");
    }
  }

  /** Every fifth piece is empty. */
  private static byte[] text(long version) {
    return (version % 5 == 0 ? "" : version + " ").getBytes(UTF_8);
  }

  @Test
  void anyPieceOfAHundredThousandIsAFewRowsAway() throws Exception {
    Log log = new Log();
    while (log.entry.version() < 100_000) { // which is no multiple of 13
      log.append(13);
    }
    Random random = new Random(7);

    int most = 0;
    for (int i = 0; i < 2000; i++) {
      long wanted = 1 + random.nextInt(100_000);
      log.fetched = 0;
      assertThat(log.pieces().numbered(wanted).piece().version()).isEqualTo(wanted);
      most = Math.max(most, log.fetched);
    }
    log.fetched = 0;
    byte[] all = new SeriesInput(log.pieces(), log.entry, "/s").readAllBytes();

    assertThat(most).isLessThan(40);
    assertThat(all).hasSize((int) log.entry.size());
    // A row for each 64 pieces, and those that lead from one power of 8 to the next.
    assertThat(log.fetched).isLessThan(100_000 / 64 * 2);
  }

  @Test
  void anyGroupingIntoTransactionsReadsAlike() throws Exception {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      Log log = new Log();
      StringBuilder expected = new StringBuilder();
      while (log.entry.version() < 700) {
        long from = log.entry.version();
        log.append(1 + random.nextInt(random.nextInt(150) + 1));
        for (long version = from + 1; version <= log.entry.version(); version++) {
          expected.append(new String(text(version), UTF_8));
        }
      }
      String all = new String(new SeriesInput(log.pieces(), log.entry, "/s").readAllBytes(), UTF_8);
      assertThat(all).as("seed %d", seed).isEqualTo(expected.toString());
      for (int i = 0; i < 200; i++) {
        int from = random.nextInt(all.length());
        SeriesInput input = new SeriesInput(log.pieces(), log.entry, "/s");
        assertThat(input.skip(from)).isEqualTo(from);
        assertThat(new String(input.readNBytes(9), UTF_8))
            .as("seed %d from %d", seed, from)
            .isEqualTo(all.substring(from, Math.min(all.length(), from + 9)));
      }
    }
  }

  @Test
  void piecesThatAreNotThoseOfTheSeriesAreDamage() throws Exception {
    Log log = new Log();
    log.append(20);
    Log other = new Log();
    other.append(3);
    other.append(20);
    log.rows.put(8L, other.rows.get(8L));

    assertThatThrownBy(
            () -> {
              Entry.File entry =
                  new Entry.File(
                      NODE,
                      NodeType.SERIES,
                      log.entry.attributes(),
                      20,
                      log.entry.size(),
                      OplogEntry.Pieces.NONE,
                      log.entry.content());
              new SeriesInput(new LoggedPieces(log, entry, "/s"), entry, "/s").readAllBytes();
            })
        .isInstanceOf(DamageException.class)
        .hasMessageStartingWith("/s: the list of pieces up to version 20 is damaged");
    log.rows.remove(16L);
    assertThatThrownBy(() -> log.pieces().numbered(9))
        .isInstanceOf(DamageException.class)
        .hasMessage("/s: version 16 is gone");
  }
}
