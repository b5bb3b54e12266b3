package io.duckpond.journal.commit;

import static io.duckpond.journal.commit.QueueFixture.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.arrow.TransactionCodec;
import io.duckpond.journal.commit.Contribution.FirstEvent;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.StagedFile;
import io.duckpond.journal.table.StagedFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupedTransactionTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir Path directory;

  private static CompletableFuture<Receipt> join(
      QueueFixture fixture, String txnId, int participants, PendingEvent... events) {
    return fixture.queue.join(txnId, participants, List.of(events)).toCompletableFuture();
  }

  @Test
  void aGroupIsHeldUntilCompleteThenIsOneCommit() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      CompletableFuture<Receipt> p = join(fixture, "t", 3, event("p", 1, "a"), event("p", 2, "b"));
      CompletableFuture<Receipt> q = join(fixture, "t", 3, event("q", 7, "c"));
      fixture.run();
      assertThat(fixture.table.head().version()).isZero();
      assertThat(p).isNotDone();

      CompletableFuture<Receipt> owner =
          fixture
              .queue
              .contribute(
                  "t",
                  3,
                  new Contribution(
                      List.of(new FirstEvent("r", "d"), new FirstEvent("o", "e|x")),
                      List.of(),
                      "words".getBytes(UTF_8)))
              .toCompletableFuture();
      fixture.run();

      assertThat(fixture.table.head().version()).isEqualTo(1);
      assertThat(List.of(p.join(), q.join(), owner.join()))
          .allMatch(receipt -> receipt.equals(owner.join()));
      assertThat(owner.join().txnId()).isEqualTo("t");
      assertThat(owner.join().entries()).isEqualTo(6);
      assertThat(fixture.queue.receipt("t")).contains(owner.join());
      assertThat(fixture.rows(RecordKind.EVENT))
          .containsExactly("o/1/1.0 e", "p/1/1.1 a", "p/2/1.2 b", "q/7/1.3 c", "r/1/1.4 d");
      try (TransactionCodec codec = new TransactionCodec(1 << 20)) {
        assertThat(fixture.records(RecordKind.TRANSACTION))
            .singleElement()
            .satisfies(
                record -> {
                  assertThat(codec.decode(record)).isEqualTo("words".getBytes(UTF_8));
                  assertThat(record.partId()).isEmpty();
                });
      }
      assertThat(fixture.timers).isEmpty();
    }
  }

  @Test
  void aGroupOverManyPartitionsIsOneCommit() throws IOException {
    int many = 300;
    try (QueueFixture fixture = new QueueFixture(directory)) {
      for (int i = 0; i < many; i++) {
        var unused = join(fixture, "t", many, event("p" + i, 1, "e"));
        fixture.run();
      }

      assertThat(fixture.table.head().version()).isEqualTo(1);
      assertThat(fixture.table.head().txnSeq()).isEqualTo(1);
      assertThat(fixture.records(RecordKind.EVENT)).hasSize(many);
    }
  }

  @Test
  void aMissingParticipantFailsTheGroupAndNobodyElse() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      CompletableFuture<Receipt> p = join(fixture, "t", 3, event("p", 1, "a"));
      CompletableFuture<Receipt> q = join(fixture, "t", 3, event("q", 1, "b"));
      CompletableFuture<Receipt> other =
          fixture.queue.submit(List.of(event("r", 1, "c"))).toCompletableFuture();
      CompletableFuture<?> reader = fixture.queue.settled("p").toCompletableFuture();
      fixture.run();
      assertThat(reader).isNotDone();

      fixture.elapse();
      fixture.run();

      for (CompletableFuture<Receipt> held : List.of(p, q)) {
        assertThatThrownBy(held::join)
            .cause()
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("transaction [t]: only [2] of [3] participants")
            .matches(e -> !((JournalException) e).outcomeUnknown());
      }
      assertThat(other.join().txnSeq()).isEqualTo(1);
      assertThat(reader).isCompleted();
      assertThat(fixture.rows(RecordKind.EVENT)).containsExactly("r/1/1.0 c");

      CompletableFuture<Receipt> late = join(fixture, "t", 3, event("s", 1, "late"));
      assertThat(late).isCompletedExceptionally();
      CompletableFuture<Receipt> retry = join(fixture, "u", 1, event("p", 1, "a"));
      fixture.run();
      assertThat(retry.join().txnSeq()).isEqualTo(2);
    }
  }

  @Test
  void aRefusalOfTheCodecFailsTheGroup() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      CompletableFuture<Receipt> p = join(fixture, "t", 2, event("p", 1, "a"));
      CompletableFuture<Receipt> q = join(fixture, "t", 2, event("q", 1, "refused"));
      fixture.run();

      for (CompletableFuture<Receipt> held : List.of(p, q)) {
        assertThatThrownBy(held::join)
            .cause()
            .isInstanceOf(JournalException.class)
            .hasMessage("transaction [t]: refused by the codec");
      }
      assertThat(fixture.table.head().version()).isZero();
    }
  }

  @Test
  void participantsThatDisagreeOnTheirNumberFailTheGroup() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      CompletableFuture<Receipt> p = join(fixture, "t", 2, event("p", 1, "a"));
      CompletableFuture<Receipt> q = join(fixture, "t", 3, event("q", 1, "b"));

      assertThat(p).isCompletedExceptionally();
      assertThat(q).isCompletedExceptionally();
    }
  }

  @Test
  void aSequenceNumberThatDoesNotFollowFailsTheGroup() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      fixture.queue.learn("q", 4);
      CompletableFuture<Receipt> p = join(fixture, "t", 2, event("p", 1, "a"));
      CompletableFuture<Receipt> q = join(fixture, "t", 2, event("q", 4, "b"));
      fixture.run();

      assertThat(p).isCompletedExceptionally();
      assertThatThrownBy(q::join).hasMessageContaining("sequence number [4] does not follow [4]");
      assertThat(fixture.table.head().version()).isZero();
      assertThat(fixture.queue.settled("p")).isCompleted();
    }
  }

  @Test
  void aLaterWriteOfAHeldPartitionIsRefused() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      CompletableFuture<Receipt> held = join(fixture, "t", 2, event("p", 1, "a"));
      CompletableFuture<Receipt> overtaking =
          fixture.queue.submit(List.of(event("p", 2, "b"))).toCompletableFuture();

      assertThatThrownBy(overtaking::join)
          .hasMessageContaining("takes no write before transaction [t] is complete");
      CompletableFuture<Receipt> last = join(fixture, "t", 2, event("q", 1, "c"));
      fixture.run();
      assertThat(held.join()).isEqualTo(last.join());
    }
  }

  @Test
  void aFailedAppendFailsEveryParticipantAndLeavesNothing() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      fixture.disk.fault = SwitchableDisk.Fault.NO_LINKS;
      CompletableFuture<Receipt> p = join(fixture, "t", 2, event("p", 1, "a"));
      CompletableFuture<Receipt> q = join(fixture, "t", 2, event("q", 1, "b"));
      fixture.run();

      assertThat(p).isCompletedExceptionally();
      assertThat(q).isCompletedExceptionally();
      assertThat(fixture.queue.receipt("t")).isEmpty();
      fixture.disk.fault = SwitchableDisk.Fault.NOTHING;
      assertThat(fixture.table.refresh().version()).isZero();
    }
  }

  @Test
  void stagedFilesAreListedByTheSameCommit() throws IOException {
    try (QueueFixture fixture = new QueueFixture(directory)) {
      StagedFile staged;
      try (StagedFileWriter writer = fixture.table.staged().begin()) {
        byte[] content = new byte[] {1, 2, 3};
        writer.append(1, content, Set.of("p"));
        staged = writer.finish();
      }
      CompletableFuture<Receipt> owner =
          fixture
              .queue
              .contribute("t", 2, new Contribution(List.of(), List.of(staged), NOTHING))
              .toCompletableFuture();
      CompletableFuture<Receipt> p = join(fixture, "t", 2, event("p", 1, "a"));
      fixture.run();

      assertThat(owner.join()).isEqualTo(p.join());
      assertThat(fixture.table.head().version()).isEqualTo(1);
      assertThat(fixture.records(RecordKind.ATTACHMENT))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.partId()).isEqualTo(staged.partId());
                assertThat(record.txnSeq()).isEqualTo(1);
              });
    }
  }
}
