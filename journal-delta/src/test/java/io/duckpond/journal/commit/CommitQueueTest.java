package io.duckpond.journal.commit;

import static io.duckpond.journal.commit.QueueFixture.SETTINGS;
import static io.duckpond.journal.commit.QueueFixture.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitQueueTest {
  @TempDir Path directory;

  static Receipt receipt(java.util.concurrent.CompletionStage<Receipt> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void whatWaitsTogetherIsOneCommit() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      List<CompletableFuture<Receipt>> writes =
          IntStream.range(0, 50)
              .mapToObj(i -> fixture.queue.submit(List.of(event("p" + i, 1, "e"))))
              .map(java.util.concurrent.CompletionStage::toCompletableFuture)
              .toList();
      assertThat(writes).noneMatch(CompletableFuture::isDone);

      fixture.run();

      assertThat(fixture.table.head().version()).isEqualTo(1);
      assertThat(fixture.table.head().txnSeq()).isEqualTo(50);
      List<Receipt> receipts = writes.stream().map(CompletableFuture::join).toList();
      assertThat(receipts)
          .extracting(Receipt::txnSeq)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
      assertThat(receipts).allMatch(receipt -> receipt.tableVersion() == 1);
      assertThat(fixture.records(RecordKind.EVENT)).hasSize(50);
    }
  }

  @Test
  void timeNeverStandsNorGoesBack() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      long start = fixture.clock.now.toEpochMilli() * 1_000;
      var first = fixture.queue.submit(List.of(event("p", 1, "a")));
      var second = fixture.queue.submit(List.of(event("p", 2, "b")));
      fixture.run();
      fixture.clock.now = fixture.clock.now.minus(Duration.ofDays(3650));
      var third = fixture.queue.submit(List.of(event("p", 3, "c")));
      fixture.run();

      assertThat(List.of(receipt(first), receipt(second), receipt(third)))
          .extracting(Receipt::timestampMicros)
          .containsExactly(start, start + 1, start + 2);
    }
  }

  @Test
  void aRecordHoldsAPartitionsShareOfTheFlush() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      var unused =
          List.of(
              fixture.queue.submit(List.of(event("p", 1, "a+b|x"), event("p", 2, "c"))),
              fixture.queue.submit(List.of(event("p", 3, "d"))),
              fixture.queue.submit(List.of(event("q", 1, "e"))));
      fixture.run();

      assertThat(fixture.rows(RecordKind.EVENT))
          .containsExactly("p/1/1.0 a", "p/1/1.0 b", "p/2/1.1 c", "p/3/2.0 d", "q/1/3.0 e");
      assertThat(fixture.rows(RecordKind.ATTACHMENT)).containsExactly("p/1/1.0 x");
      LogRecord share = fixture.records(RecordKind.EVENT).get(0);
      assertThat(share.firstVersion()).isEqualTo(1);
      assertThat(share.version()).isEqualTo(3);
      assertThat(share.firstTxnSeq()).isEqualTo(1);
      assertThat(share.txnSeq()).isEqualTo(2);
      assertThat(share.count()).isEqualTo(4);
      assertThat(unused).hasSize(3);
    }
  }

  @Test
  void recordsAreCutAtOneMebibyteUnlessAnEventIsLarger() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      String medium = "m".repeat(100_000);
      List<PendingEvent> events = new ArrayList<>();
      for (int seqNr = 1; seqNr <= 30; seqNr++) {
        events.add(event("p", seqNr, seqNr == 15 ? "l".repeat(3 << 20) : medium + "|" + medium));
      }
      var unused = fixture.queue.submit(events);
      fixture.run();

      assertThat(fixture.records(RecordKind.EVENT))
          .extracting(record -> record.firstVersion() + "-" + record.version())
          .containsExactly("1-10", "11-14", "15-15", "16-25", "26-30");
      assertThat(fixture.records(RecordKind.EVENT))
          .filteredOn(record -> record.version() != 15)
          .allMatch(record -> record.content().length <= 1 << 20);
      assertThat(fixture.records(RecordKind.ATTACHMENT))
          .hasSize(3)
          .allMatch(record -> record.content().length <= 1 << 20);
      assertThat(unused).isCompleted();
    }
  }

  @Test
  void aFlushIsBounded() throws IOException {
    CommitSettings small =
        new CommitSettings(
            Duration.ZERO,
            1_000,
            10,
            64 << 20,
            64 << 20,
            Duration.ofSeconds(1),
            SequenceRule.INCREASING,
            10,
            10);
    try (QueueFixture fixture = new QueueFixture(directory, small)) {
      for (int i = 1; i <= 30; i++) {
        var unused = fixture.queue.submit(List.of(event("p", i, "x".repeat(300))));
      }
      fixture.run();

      assertThat(fixture.table.head().version()).isGreaterThanOrEqualTo(10);
      assertThat(fixture.table.head().txnSeq()).isEqualTo(30);
    }
  }

  @Test
  void whatTheCodecRefusesIsThrownBeforeAnythingIsQueued() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      assertThatThrownBy(() -> fixture.queue.submit(List.of(event("p", 1, "refused"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("refused by the codec");
      assertThatThrownBy(() -> fixture.queue.submit(List.of(event("p", 1, "x".repeat(17 << 20)))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most [16777216] are stored");

      assertThat(fixture.tasks).isEmpty();
      assertThat(fixture.queue.highest("p")).isEmpty();
    }
  }

  @Test
  void aSequenceNumberThatDoesNotFollowIsAFault() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      var first = fixture.queue.submit(List.of(event("p", 5, "a")));
      var again = fixture.queue.submit(List.of(event("p", 5, "b")));
      var gap = fixture.queue.submit(List.of(event("p", 7, "c")));
      var descending = fixture.queue.submit(List.of(event("q", 2, "d"), event("q", 1, "e")));
      fixture.run();

      assertThat(receipt(first).txnSeq()).isEqualTo(1);
      assertThat(again)
          .isCompletedExceptionally()
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withRootCauseInstanceOf(IllegalStateException.class)
          .withMessageContaining("partition [p]: sequence number [5] does not follow [5]");
      assertThat(receipt(gap).txnSeq()).isEqualTo(2);
      // A transaction's events are sorted, so that these two are in order after all.
      assertThat(receipt(descending).txnSeq()).isEqualTo(3);
      assertThat(fixture.queue.highest("p")).hasValue(7);
    }
  }

  @Test
  void gaplessNumbersAreDemandedWhereSet() throws IOException {
    CommitSettings gapless =
        new CommitSettings(
            Duration.ZERO,
            1 << 20,
            100,
            1 << 20,
            1 << 20,
            Duration.ofSeconds(1),
            SequenceRule.GAPLESS,
            10,
            10);
    try (QueueFixture fixture = new QueueFixture(directory, gapless)) {
      fixture.queue.learn("p", 4);
      var gap = fixture.queue.submit(List.of(event("p", 6, "b")));
      var next = fixture.queue.submit(List.of(event("p", 5, "a")));
      fixture.run();

      assertThat(gap).isCompletedExceptionally();
      assertThat(receipt(next).txnSeq()).isEqualTo(1);
    }
  }

  @Test
  void aDeletionIsARecordOfItsOwn() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      var write = fixture.queue.submit(List.of(event("p", 1, "a")));
      var deletion = fixture.queue.delete("p", List.of(new SequenceRange(1, 1)));
      fixture.run();

      assertThat(receipt(write).txnSeq()).isEqualTo(1);
      assertThat(receipt(deletion).txnSeq()).isEqualTo(2);
      assertThat(fixture.records(RecordKind.DELETION))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.partId()).isEqualTo("p");
                assertThat(record.firstVersion()).isEqualTo(1);
                assertThat(record.version()).isEqualTo(1);
                assertThat(record.txnSeq()).isEqualTo(2);
              });
    }
  }

  @Test
  void readersOfAPartitionWaitForItsWrites() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      var unused = fixture.queue.submit(List.of(event("p", 1, "a")));
      CompletableFuture<TableVersion> own = fixture.queue.settled("p").toCompletableFuture();
      CompletableFuture<TableVersion> other = fixture.queue.settled("q").toCompletableFuture();

      assertThat(own).isNotDone();
      assertThat(other).isCompletedWithValueMatching(version -> version.version() == 0);
      fixture.run();
      assertThat(own).isCompletedWithValueMatching(version -> version.version() == 1);
      assertThat(unused).isCompleted();
    }
  }

  @Test
  void whatFindsTooMuchWaitingIsRefusedAndStoredNowhere() throws IOException {
    CommitSettings tight =
        new CommitSettings(
            Duration.ZERO,
            1 << 20,
            100,
            10_000,
            1 << 20,
            Duration.ofSeconds(1),
            SequenceRule.INCREASING,
            10,
            10);
    try (QueueFixture fixture = new QueueFixture(directory, tight)) {
      var aloneAndLarge = fixture.queue.submit(List.of(event("p", 1, "x".repeat(12_000))));
      var tooMuch = fixture.queue.submit(List.of(event("q", 1, "x".repeat(8_000))));
      fixture.run();
      var later = fixture.queue.submit(List.of(event("q", 1, "x".repeat(8_000))));
      fixture.run();

      assertThat(aloneAndLarge).isCompleted();
      assertThat(tooMuch).isCompletedExceptionally();
      assertThat(receipt(later).txnSeq()).isEqualTo(2);
    }
  }

  @Test
  void lingeringGathersCompany() throws IOException {
    CommitSettings lingering =
        new CommitSettings(
            Duration.ofMillis(5),
            1 << 20,
            100,
            1 << 20,
            1 << 20,
            Duration.ofSeconds(1),
            SequenceRule.INCREASING,
            10,
            10);
    try (QueueFixture fixture = new QueueFixture(directory, lingering)) {
      var first = fixture.queue.submit(List.of(event("p", 1, "a")));
      fixture.run();
      var second = fixture.queue.submit(List.of(event("q", 1, "b")));
      assertThat(first).isNotDone();

      fixture.elapse();
      fixture.run();

      assertThat(receipt(first).tableVersion()).isEqualTo(1);
      assertThat(receipt(second).tableVersion()).isEqualTo(1);
    }
  }

  @Test
  void closingWritesWhatWaitsAndFailsWhatIsHeld() throws IOException {
    CompletableFuture<Receipt> waiting;
    CompletableFuture<Receipt> held;
    try (QueueFixture fixture = new QueueFixture(directory)) {
      waiting = fixture.queue.submit(List.of(event("p", 1, "a"))).toCompletableFuture();
      held = fixture.queue.join("t", 2, List.of(event("q", 1, "b"))).toCompletableFuture();

      fixture.queue.close();

      assertThat(fixture.queue.submit(List.of(event("p", 2, "late")))).isCompletedExceptionally();
    }
    assertThat(waiting.join().txnSeq()).isEqualTo(1);
    assertThatThrownBy(held::join).hasRootCauseMessage("closing");
  }

  @Test
  void manyWritersShareFlushes() throws IOException {
    int writers = 16;
    int each = 40;
    try (QueueFixture fixture = new QueueFixture(directory)) {
      ExecutorService commits = Executors.newSingleThreadExecutor();
      ExecutorService threads = Executors.newFixedThreadPool(writers);
      try (CommitQueue queue = fixture.queue(SETTINGS, commits)) {
        List<CompletableFuture<List<Receipt>>> all = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
          String partId = "p" + w;
          all.add(
              CompletableFuture.supplyAsync(
                  () ->
                      LongStream.rangeClosed(1, each)
                          .mapToObj(i -> receipt(queue.submit(List.of(event(partId, i, "e")))))
                          .toList(),
                  threads));
        }

        List<Receipt> receipts = all.stream().flatMap(writer -> writer.join().stream()).toList();

        assertThat(receipts)
            .extracting(Receipt::txnSeq)
            .containsExactlyInAnyOrderElementsOf(
                LongStream.rangeClosed(1, writers * each).boxed().toList());
        assertThat(fixture.table.head().version()).isLessThan(writers * each / 2);
      } finally {
        threads.shutdown();
        commits.shutdown();
      }
    }
  }

  @Test
  void aFailedFlushFailsAllThatWaitsAndWorkGoesOn() throws IOException {
    CommitSettings oneEach =
        new CommitSettings(
            Duration.ZERO,
            1,
            1,
            1 << 20,
            1 << 20,
            Duration.ofSeconds(1),
            SequenceRule.INCREASING,
            10,
            10);
    try (QueueFixture fixture = new QueueFixture(directory, oneEach)) {
      fixture.disk.fault = SwitchableDisk.Fault.NO_LINKS;
      CompletableFuture<Receipt> tried =
          fixture.queue.submit(List.of(event("p", 1, "a"))).toCompletableFuture();
      CompletableFuture<Receipt> behind =
          fixture.queue.submit(List.of(event("q", 1, "b"))).toCompletableFuture();
      fixture.run();

      assertThatThrownBy(tried::join).hasCauseInstanceOf(JournalException.class);
      assertThatThrownBy(behind::join)
          .hasCauseInstanceOf(JournalException.class)
          .hasMessageContaining("not tried, as the flush before failed");
      assertThat(fixture.table.head().version()).isZero();

      fixture.disk.fault = SwitchableDisk.Fault.NOTHING;
      var again = fixture.queue.submit(List.of(event("p", 1, "a")));
      fixture.run();
      assertThat(receipt(again).txnSeq()).isEqualTo(1);
      assertThat(fixture.rows(RecordKind.EVENT)).containsExactly("p/1/1.0 a");
    }
  }

  @Test
  void afterAnUnknownOutcomeReadersSeeWhatIsStored() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      fixture.disk.fault = SwitchableDisk.Fault.LINKS_THAT_LIE;
      CompletableFuture<Receipt> unknown =
          fixture.queue.submit(List.of(event("p", 1, "a"))).toCompletableFuture();
      CompletableFuture<TableVersion> reader = fixture.queue.settled("p").toCompletableFuture();
      fixture.run();
      fixture.disk.fault = SwitchableDisk.Fault.NOTHING;
      fixture.run();

      assertThatThrownBy(unknown::join)
          .cause()
          .isInstanceOfSatisfying(
              JournalException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
      assertThat(reader.join().txnSeq()).isEqualTo(1);
      var next = fixture.queue.submit(List.of(event("p", 2, "b")));
      fixture.run();
      assertThat(receipt(next).txnSeq()).isEqualTo(2);
      assertThat(fixture.rows(RecordKind.EVENT)).containsExactly("p/1/1.0 a", "p/2/2.0 b");
    }
  }

  @Test
  void aFullDiskFailsWritesAndNothingIsStored() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      fixture.disk.fault = SwitchableDisk.Fault.FULL;
      CompletableFuture<Receipt> write =
          fixture.queue.submit(List.of(event("p", 1, "a"))).toCompletableFuture();
      fixture.run();

      assertThatThrownBy(write::join)
          .cause()
          .isInstanceOfSatisfying(
              JournalException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
      assertThat(fixture.queue.settled("p")).isCompletedWithValueMatching(v -> v.version() == 0);
    }
  }
}
