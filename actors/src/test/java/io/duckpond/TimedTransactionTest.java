package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.transaction.Savepoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedFileSystemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Transactions whose time is up, and those that commit of themselves. */
final class TimedTransactionTest extends TransactionScene {
  @Test
  void everyCallRefusesOnceTimeIsUp() throws IOException {
    Transaction transaction = pond.begin(OPTIONS.atMost(Duration.ofSeconds(10)));
    WorkingDirectory root = transaction.root();
    root.createFile("/f", text("x".repeat(200)));
    Savepoint savepoint = transaction.savepoint();
    clock.pass(Duration.ofSeconds(10));
    assertThat(root.exists("/f")).isTrue();

    clock.pass(Duration.ofMillis(1));

    assertThatThrownBy(() -> root.exists("/f"))
        .isInstanceOf(TransactionExpiredException.class)
        .hasMessageContaining("10000 ms");
    assertThatThrownBy(() -> root.createDirectory("/d"))
        .isInstanceOf(TransactionExpiredException.class);
    assertThatThrownBy(transaction::commit).isInstanceOf(TransactionExpiredException.class);
    assertThatThrownBy(transaction::dirty).isInstanceOf(TransactionExpiredException.class);
    assertThatThrownBy(transaction::root).isInstanceOf(TransactionExpiredException.class);
    assertThatThrownBy(transaction::rollback).isInstanceOf(TransactionExpiredException.class);
    assertThatThrownBy(() -> transaction.rollbackTo(savepoint))
        .isInstanceOf(TransactionExpiredException.class);
    assertThat(transaction.commitAsync(CommitInfo.NONE).toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(TransactionExpiredException.class);
    transaction.close();
    assertThat(names()).isEmpty();
  }

  @Test
  void aForgottenTransactionIsFreedWhenAnotherBegins() throws IOException {
    Transaction forgotten = pond.begin(OPTIONS.atMost(Duration.ofSeconds(10)));
    forgotten.root().createFile("/f", text("x".repeat(200)));
    assertThat(stagedFiles()).isNotEmpty();
    clock.pass(Duration.ofMinutes(1));

    pond.begin().close();

    assertThat(stagedFiles()).isEmpty();
    assertThatThrownBy(forgotten::dirty).isInstanceOf(TransactionExpiredException.class);
  }

  @Test
  void nothingIsCommittedByOneThatWasClosed() throws IOException {
    Transaction transaction = pond.begin();
    WorkingDirectory root = transaction.root();
    root.createDirectory("/a");

    transaction.close();
    transaction.close();

    assertThatThrownBy(() -> root.list("/")).isInstanceOf(ClosedFileSystemException.class);
    assertThatThrownBy(transaction::commit).isInstanceOf(ClosedFileSystemException.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void anAutoSyncCommitsWhenItsTimeHasCome() throws IOException {
    try (Transaction transaction = pond.begin(OPTIONS.autoSync(Duration.ofSeconds(5), 1000))) {
      WorkingDirectory root = transaction.root();
      root.createDirectory("/a");
      clock.pass(Duration.ofSeconds(4));
      root.createDirectory("/b");
      assertThat(names()).isEmpty();

      clock.pass(Duration.ofSeconds(1));
      root.createDirectory("/c");

      assertThat(names()).containsExactly("a", "b");
      assertThat(transaction.dirty()).containsExactly("/c");
    }
    assertThat(names()).containsExactly("a", "b", "c");
    assertThat(pond.view().txnSeq()).isEqualTo(3);
  }

  @Test
  void anAutoSyncCommitsWhenEnoughNodesAreDirty() throws IOException {
    try (Transaction transaction = pond.begin(OPTIONS.autoSync(Duration.ofDays(1), 3))) {
      for (int i = 0; i < 10; i++) {
        transaction.root().write("/same", text("" + i)); // one node, however often
      }
      assertThat(pond.view().txnSeq()).isEqualTo(1);
      for (int i = 0; i < 7; i++) {
        transaction.root().createDirectory("/" + i);
        assertThat(transaction.dirty()).hasSizeLessThanOrEqualTo(3);
      }
      assertThat(pond.view().txnSeq()).isEqualTo(3);
    }
    assertThat(names()).hasSize(8);
  }

  @Test
  void anAutoSyncThatCannotThrowsFromTheCallThatFoundItDueAndFromClose() throws IOException {
    Transaction transaction = pond.begin(OPTIONS.autoSync(Duration.ofSeconds(5), 1000));
    WorkingDirectory root = transaction.root();
    root.createDirectory("/a");
    pond.root().createDirectory("/a");
    clock.pass(Duration.ofSeconds(6));

    assertThatThrownBy(() -> root.createDirectory("/b")).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> root.createDirectory("/c")).isInstanceOf(ConflictException.class);
    assertThat(root.list("/")).hasSize(1);
    assertThat(transaction.dirty()).containsExactly("/a");
    assertThatThrownBy(transaction::close)
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(ConflictException.class);

    transaction.close();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void anAutoSyncThatMetAConflictHasNothingToSayOnceItsChangesAreDropped() throws IOException {
    Transaction transaction = pond.begin(OPTIONS.autoSync(Duration.ofSeconds(5), 1000));
    transaction.root().createDirectory("/a");
    pond.root().createDirectory("/a");
    assertThatThrownBy(transaction::commit).isInstanceOf(ConflictException.class);

    transaction.rollback();

    transaction.close();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void anAutoSyncGoesOnAfterARollback() throws IOException {
    try (Transaction transaction = pond.begin(OPTIONS.autoSync(Duration.ofSeconds(5), 1000))) {
      transaction.root().createDirectory("/a");
      pond.root().createDirectory("/a");

      transaction.rollback();
      transaction.root().createDirectory("/b");
    }
    assertThat(names()).containsExactly("a", "b");
  }
}
