package io.duckpond.journal.commit;

import static io.duckpond.journal.commit.QueueFixture.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.check.CheckDepth;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.UpkeepSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that are written ahead of their flush. */
class LargeTransactionTest {
  private static final int LARGE = 2_000;

  @TempDir Path directory;

  private static List<CompletableFuture<Receipt>> join(
      QueueFixture fixture, String txnId, int participants, int from, int to, long seqNr) {
    List<CompletableFuture<Receipt>> joined = new ArrayList<>();
    for (int i = from; i < to; i++) {
      joined.add(
          fixture
              .queue
              .join(txnId, participants, List.of(event("p" + i, seqNr, "e" + i + "|a" + i)))
              .toCompletableFuture());
    }
    return joined;
  }

  private List<String> drafts() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("table"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".staged-") && name.endsWith(".tmp"))
          .toList();
    }
  }

  private static List<String> rows(LogTable table, QueueFixture fixture, ScanRequest request)
      throws IOException {
    List<String> rows = new ArrayList<>();
    try (RecordCursor cursor = table.head().scan(request)) {
      while (cursor.next()) {
        fixture.queue.recordCodec().decode(cursor.record(), row -> rows.add(shown(row)));
      }
    }
    return rows;
  }

  private static String shown(InnerRow row) {
    return row.partId()
        + "/"
        + row.seqNr()
        + "/"
        + row.txnSeq()
        + "."
        + row.txnIndex()
        + " "
        + row.values().get(0)
        + (row.timestampMicros() > 0 ? "" : " without time");
  }

  @Test
  void othersDoNotWaitForItAndItIsOneCommitBehindThem() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      List<CompletableFuture<Receipt>> large = join(fixture, "t", LARGE, 0, LARGE, 1);
      assertThat(fixture.tasks).hasSize(1);
      Runnable preparation = fixture.tasks.remove();
      CompletableFuture<Receipt> other =
          fixture.queue.submit(List.of(event("other", 1, "o"))).toCompletableFuture();
      fixture.run();
      assertThat(other.join().txnSeq()).isEqualTo(1);
      assertThat(large.get(0)).isNotDone();
      assertThatThrownBy(
              () ->
                  fixture
                      .queue
                      .submit(List.of(event("p3", 2, "later")))
                      .toCompletableFuture()
                      .join())
          .hasMessageContaining("takes no write before transaction [t] is complete");

      preparation.run();
      assertThat(drafts()).hasSize(1);
      fixture.run();

      assertThat(large).allMatch(each -> each.join().txnSeq() == 2);
      assertThat(large.get(0).join().entries()).isEqualTo(2 * LARGE);
      assertThat(fixture.table.head().version()).isEqualTo(2);
      assertThat(drafts()).isEmpty();
      ScanRequest events = ScanRequest.of(RecordKind.EVENT, RecordKind.ATTACHMENT);
      assertThat(rows(fixture.table, fixture, events.partitions(Set.of("p0", "p999"))))
          .containsExactly(
              "p0/1/2.0 a0", "p999/1/2.1999 a999", "p0/1/2.0 e0", "p999/1/2.1999 e999");
      assertThat(rows(fixture.table, fixture, events.partitions(Set.of("none")))).isEmpty();
      assertThat(rows(fixture.table, fixture, events.transactions(2, 2))).hasSize(2 * LARGE);
    }
  }

  @Test
  void whatComesBeforeAndAfterInTheSamePartitionStaysInOrderAndMerges() throws IOException {
    ScanRequest events = ScanRequest.of(RecordKind.EVENT).partitions(Set.of("p7"));
    List<String> expected =
        List.of("p7/1/1.0 first", "p7/2/2.1667 e7", "p7/3/3.0 third", "p7/4/4.1667 e7");
    try (QueueFixture fixture = new QueueFixture(directory)) {
      // The first waits for the flush that lists the large one, the third behind it.
      var first = fixture.queue.submit(List.of(event("p7", 1, "first")));
      Runnable flush = fixture.tasks.remove();
      join(fixture, "t", LARGE, 0, LARGE, 2);
      fixture.tasks.remove().run();
      var third = fixture.queue.submit(List.of(event("p7", 3, "third")));
      flush.run();
      fixture.run();
      assertThat(first.toCompletableFuture().join().tableVersion()).isEqualTo(1);
      assertThat(third.toCompletableFuture().join().tableVersion()).isEqualTo(2);
      join(fixture, "u", LARGE, 0, LARGE, 4);
      fixture.run();
      assertThat(rows(fixture.table, fixture, events)).containsExactlyElementsOf(expected);
      List<String> all = rows(fixture.table, fixture, ScanRequest.of(RecordKind.EVENT));
      fixture.table.close();

      UpkeepSettings upkeep =
          new UpkeepSettings(
              Optional.of(new StreamMerger(new TextCodec())), 0, 64 << 20, Duration.ZERO);
      try (LogTable merged = LogTable.open(Machine.real(), directory.resolve("table"), upkeep)) {
        merged.maintain().toCompletableFuture().join();

        assertThat(merged.head().files()).isEqualTo(1);
        assertThat(rows(merged, fixture, events)).containsExactlyElementsOf(expected);
        assertThat(rows(merged, fixture, ScanRequest.of(RecordKind.EVENT)))
            .containsExactlyInAnyOrderElementsOf(all);
        try (RecordCursor cursor = merged.head().scan(events)) {
          assertThat(cursor.next()).isTrue();
          assertThat(cursor.record().count()).isEqualTo(4);
          assertThat(cursor.record().firstTxnSeq()).isEqualTo(1);
          assertThat(cursor.record().txnSeq()).isEqualTo(4);
        }
      }
    }
    assertThat(
            new TableCheck(Machine.real(), directory.resolve("table"))
                .depth(CheckDepth.EVERY_BYTE).run(Runnable::run, 1).findings().stream()
                    .filter(finding -> finding.damage()))
        .isEmpty();
  }

  @Test
  void aDiskThatFailsMeanwhileFailsItAlone() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      List<CompletableFuture<Receipt>> large = join(fixture, "t", LARGE, 0, LARGE, 1);
      fixture.disk.fault = SwitchableDisk.Fault.FULL;
      fixture.tasks.remove().run();
      fixture.disk.fault = SwitchableDisk.Fault.NOTHING;
      CompletableFuture<Receipt> other =
          fixture.queue.submit(List.of(event("p0", 1, "o"))).toCompletableFuture();
      fixture.run();

      assertThat(large)
          .allSatisfy(
              each ->
                  assertThatThrownBy(each::join)
                      .cause()
                      .isInstanceOf(JournalException.class)
                      .matches(e -> !((JournalException) e).outcomeUnknown()));
      assertThat(other.join().txnSeq()).isEqualTo(1);
      assertThat(drafts()).isEmpty();
    }
  }

  @Test
  void aFlushThatFailsLeavesNothingOfIt() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      List<CompletableFuture<Receipt>> large = join(fixture, "t", LARGE, 0, LARGE, 1);
      fixture.tasks.remove().run();
      fixture.disk.fault = SwitchableDisk.Fault.NO_LINKS;
      fixture.run();
      fixture.disk.fault = SwitchableDisk.Fault.NOTHING;

      assertThat(large).allMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(drafts()).isEmpty();
      List<CompletableFuture<Receipt>> again = join(fixture, "u", LARGE, 0, LARGE, 1);
      fixture.run();
      assertThat(again).allMatch(each -> each.join().txnSeq() == 1);
    }
  }

  @Test
  void whatIsNotBegunWhenTheQueueClosesFails() throws IOException {
    List<CompletableFuture<Receipt>> large;
    QueueFixture fixture = new QueueFixture(directory);
    large = join(fixture, "t", LARGE, 0, LARGE, 1);
    fixture.close();
    fixture.run();

    assertThat(large).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(drafts()).isEmpty();
  }

  @Test
  void aFailedGroupOfAThousandHurtsNobodyElse() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      List<CompletableFuture<Receipt>> late = join(fixture, "late", 1_000, 0, 999, 1);
      List<CompletableFuture<Receipt>> refused = join(fixture, "refused", 1_000, 1_000, 1_999, 1);
      List<CompletableFuture<Receipt>> others = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        others.add(fixture.queue.submit(List.of(event("other" + i, 1, "o"))).toCompletableFuture());
      }
      CompletableFuture<Receipt> refusal =
          fixture
              .queue
              .join("refused", 1_000, List.of(event("p1999", 1, "refused")))
              .toCompletableFuture();
      fixture.elapse();
      fixture.run();

      assertThat(late).allMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(refused).allMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(refusal).isCompletedExceptionally();
      assertThat(others).allMatch(each -> !each.isCompletedExceptionally());
      assertThat(fixture.records(RecordKind.EVENT)).hasSize(50);
      List<CompletableFuture<Receipt>> again = join(fixture, "again", 1_000, 0, 1_000, 1);
      fixture.run();
      assertThat(again).allMatch(each -> !each.isCompletedExceptionally());
      assertThat(fixture.records(RecordKind.EVENT)).hasSize(1_050);
    }
  }
}
