package io.duckpond.oplog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a log whose files were merged, so that a file holds many transactions. */
final class CommitOrderTest {
  private static final OplogReader.Bytes READ = OplogReader.Bytes.READ;
  private static final int TRANSACTIONS = 25;
  private static final PondSettings MERGING =
      PondSettings.from(
          ConfigFactory.parseString("pond.log.merge-fan-in = 4")
              .withFallback(ConfigFactory.load())
              .resolve());

  @TempDir private Path folder;

  @ParameterizedTest // bytes of one row, of some transactions, of all
  @ValueSource(longs = {1, 5_000, CommitOrder.SPAN_BYTES})
  void transactionsOfMergedFilesComeOneAfterAnother(long spanBytes) throws IOException {
    try (Pond pond = merged()) {
      OplogReader log = pond.oplog();

      List<OplogRow> inOrder = read(CommitOrder.of(log, LogFilter.ALL, READ, spanBytes));

      List<OplogRow> stored = read(log.entries(LogFilter.ALL, READ));
      assertThat(stored.stream().map(OplogRow::txnSeq).toList())
          .as("merged, or there is nothing to be put in order")
          .isNotEqualTo(stored.stream().map(OplogRow::txnSeq).sorted().toList());
      assertThat(inOrder).extracting(OplogRow::txnSeq).isSorted();
      assertThat(inOrder.stream().map(CommitOrderTest::shown).sorted().toList())
          .isEqualTo(stored.stream().map(CommitOrderTest::shown).sorted().toList());
    }
  }

  @Test
  void filterHoldsForEachRow() throws IOException {
    try (Pond pond = merged()) {
      OplogReader log = pond.oplog();
      String root = log.entries(LogFilter.ALL, READ).findFirst().orElseThrow().partId();

      List<OplogRow> rows =
          read(log.entriesInCommitOrder(new LogFilter(Optional.of(Set.of(root)), 5, 9), READ));

      assertThat(rows).isNotEmpty();
      assertThat(rows).allMatch(row -> row.partId().equals(root));
      assertThat(rows).extracting(OplogRow::txnSeq).isSorted().containsOnly(5L, 6L, 7L, 8L, 9L);
    }
  }

  @Test
  void rangeBeyondTheLogIsEmpty() throws IOException {
    try (Pond pond = merged()) {
      LogFilter beyond = new LogFilter(Optional.empty(), TRANSACTIONS + 10, Long.MAX_VALUE);

      assertThat(read(pond.oplog().entriesInCommitOrder(beyond, READ))).isEmpty();
    }
  }

  private Pond merged() throws IOException {
    Path directory = folder.resolve("pond");
    try (Pond pond = Pond.create(directory, MERGING);
        Transaction transaction = pond.begin()) {
      for (int i = 1; i < TRANSACTIONS; i++) {
        transaction.root().createDirectories("/d" + i % 3);
        transaction.root().write("/d" + i % 3 + "/f", bytes("content " + i));
        transaction.root().write("/f" + i, bytes("another " + i));
        transaction.commit();
      }
    }
    return Pond.open(directory, MERGING);
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static List<OplogRow> read(Stream<OplogRow> rows) {
    try (rows) {
      return rows.toList();
    }
  }

  private static String shown(OplogRow row) {
    return row.txnSeq() + " " + row.partId() + " " + row.nodeId() + " " + row.metadata();
  }
}
