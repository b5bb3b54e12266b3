package io.duckpond;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.transaction.Savepoint;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

/** Conflicts, functions that are run again, and commits in flight. */
final class TransactionTest extends TransactionScene {
  private static void refusesForEver(Transaction transaction, String path) {
    ThrowableAssert.ThrowingCallable async =
        () -> transaction.commitAsync(CommitInfo.NONE).toCompletableFuture().get(5, SECONDS);
    assertThatThrownBy(transaction::commit)
        .isInstanceOf(ConflictException.class)
        .hasMessage(path + ": another transaction has changed it");
    assertThatThrownBy(async)
        .hasCauseInstanceOf(ConflictException.class)
        .hasStackTraceContaining(path + ": another transaction has changed it");
  }

  @Test
  void afterAConflictATransactionIsReadAndNeverCommitsWhateverItGoesBackTo() throws IOException {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectory("/mine");
      Savepoint savepoint = transaction.savepoint();
      root.createFile("/f", text("two"));
      pond.root().createFile("/f", text("one"));

      refusesForEver(transaction, "/f");
      assertThat(read(root, "/f")).isEqualTo("two");

      transaction.rollbackTo(savepoint);
      refusesForEver(transaction, "/f");
      root.createFile("/g", text("g"));
      refusesForEver(transaction, "/f");
      assertThat(transaction.dirty()).containsExactly("/g", "/mine");
      assertThat(root.exists("/f")).isFalse();

      transaction.rollback();
      refusesForEver(transaction, "/f");
      assertThat(read(root, "/f")).isEqualTo("one");
      root.createDirectory("/other");
      refusesForEver(transaction, "/f");
      assertThat(names()).containsExactly("f");
    }
    assertThat(names()).containsExactly("f");
  }

  @Test
  void transactRunsTheFunctionInATransactionThatHasMetNoConflict() throws IOException {
    AtomicInteger runs = new AtomicInteger();

    pond.transact(
        root -> {
          boolean there = root.exists("/f");
          if (runs.incrementAndGet() < 3) {
            pond.root().write("/f", text("theirs " + runs));
          }
          return root.write("/f", text("mine, " + there));
        },
        3);

    assertThat(runs).hasValue(3);
    assertThat(read(pond.root(), "/f")).isEqualTo("mine, true");
  }

  @Test
  void transactRunsAgainOnTheNewestStateAsOftenAsItMay() throws IOException {
    List<Boolean> seen = new ArrayList<>();
    pond.transact(
        root -> {
          seen.add(root.exists("/theirs"));
          if (seen.size() < 3) {
            pond.root().write("/ours", text("" + seen.size()));
            pond.root().createDirectories("/theirs");
          }
          return root.write("/ours", text("done"));
        },
        3);

    assertThat(seen).containsExactly(false, true, true);
    assertThat(read(pond.root(), "/ours")).isEqualTo("done");
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                pond.transact(
                    root -> {
                      pond.root().write("/ours", text("" + runs.incrementAndGet()));
                      return root.write("/ours", text("never"));
                    },
                    2))
        .isInstanceOf(ConflictException.class);
    assertThat(runs).hasValue(2);
  }

  @Test
  void whatAFunctionThrowsEndsItAndNothingIsWritten() throws IOException {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                pond.transact(
                    root -> {
                      runs.incrementAndGet();
                      root.createDirectory("/a");
                      return root.createDirectory("/a");
                    },
                    5))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(runs).hasValue(1);
    assertThat(names()).isEmpty();
    assertThatThrownBy(() -> pond.transact(root -> root, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> pond.transact(root -> root, 1, OPTIONS.autoSync(Duration.ofSeconds(1), 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void syncReturnsWhenCommitsInFlightAreDurable() throws IOException {
    List<CompletableFuture<CommitResult>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Transaction transaction = pond.begin();
      transaction.root().createDirectory("/" + i);
      answers.add(transaction.commitAsync(CommitInfo.NONE).toCompletableFuture());
    }

    pond.sync();

    assertThat(names()).hasSize(10);
    assertThat(pond.status().txnSeq()).isEqualTo(pond.view().txnSeq());
  }

  @Test
  void closeWaitsForCommitsThatHaveNotEvenStarted() throws Exception {
    pond.close();
    pond = Pond.open(temporary.resolve("pond"), SETTINGS); // nobody holds its write lock yet
    Transaction transaction = pond.begin();
    transaction.root().createDirectory("/a");
    CompletableFuture<CommitResult> answer =
        transaction.commitAsync(CommitInfo.NONE).toCompletableFuture();

    pond.close();

    assertThat(answer.get().txnSeq()).isEqualTo(2);
    pond = Pond.open(temporary.resolve("pond"), SETTINGS);
    assertThat(names()).containsExactly("a");
  }
}
