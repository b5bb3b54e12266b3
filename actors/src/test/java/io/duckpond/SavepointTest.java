package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.transaction.Savepoint;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a transaction goes back to. */
final class SavepointTest extends TransactionScene {
  @Test
  void whatWasChangedAfterASavepointIsGoneOnceItIsRolledBackTo() throws IOException {
    pond.root().createDirectories("/old/sub");
    pond.root().createFile("/old/f", text("one"));
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectory("/kept");
      root.write("/old/f", text("two"));
      Savepoint savepoint = transaction.savepoint();
      root.write("/old/f", text("three"));
      root.rename("/old/sub", "/kept/sub");
      root.createFile("/kept/sub/g", text("g"));
      root.createSymlink("/link", "old");
      root.removeRecursively("/old");

      transaction.rollbackTo(savepoint);

      assertThat(transaction.dirty()).containsExactly("/kept", "/old/f");
      assertThat(read(root, "/old/f")).isEqualTo("two");
      CommitResult result = transaction.commit("what is left");
      assertThat(result.operations()).isEqualTo(2);
      assertThat(result.bytes()).isEqualTo(3);
    }

    assertThat(names()).containsExactly("kept", "old", "old/f", "old/sub");
    assertThat(read(pond.root(), "/old/f")).isEqualTo("two");
    assertThat(pond.root().metadata("/old/f")).extracting("version").isEqualTo(2L);
  }

  @Test
  void savepointsNestAndMayBeRolledBackToAgain() throws IOException {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectory("/a");
      Savepoint outer = transaction.savepoint();
      root.createDirectory("/a/b");
      Savepoint inner = transaction.savepoint();
      root.createDirectory("/a/b/c");

      transaction.rollbackTo(inner);
      assertThat(transaction.dirty()).containsExactly("/a", "/a/b");
      root.createDirectory("/a/b/d");
      transaction.rollbackTo(inner);
      assertThat(transaction.dirty()).containsExactly("/a", "/a/b");
      transaction.rollbackTo(outer);
      assertThat(transaction.dirty()).containsExactly("/a");
      assertThatThrownBy(() -> transaction.rollbackTo(inner))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("stale");
    }
  }

  @Test
  void aReleasedSavepointLeavesItsChangesToTheOneBefore() throws IOException {
    try (Transaction transaction = pond.begin()) {
      Savepoint outer = transaction.savepoint();
      transaction.root().createDirectory("/a");
      Savepoint inner = transaction.savepoint();
      transaction.root().createDirectory("/a/b");

      transaction.release(inner);
      assertThat(transaction.dirty()).containsExactly("/a", "/a/b");
      assertThatThrownBy(() -> transaction.rollbackTo(inner)).hasMessageContaining("stale");
      transaction.rollbackTo(outer);

      assertThat(transaction.dirty()).isEmpty();
    }
  }

  @Test
  void aCommitOrARollbackMakesSavepointsStale() throws IOException {
    try (Transaction transaction = pond.begin();
        Transaction other = pond.begin()) {
      Savepoint first = transaction.savepoint();
      transaction.root().createDirectory("/a");
      transaction.commit();
      Savepoint second = transaction.savepoint();
      transaction.rollback();

      for (Savepoint stale : List.of(first, second)) {
        assertThatThrownBy(() -> transaction.rollbackTo(stale)).hasMessageContaining("stale");
        assertThatThrownBy(() -> transaction.release(stale)).hasMessageContaining("stale");
        assertThatThrownBy(() -> other.rollbackTo(stale)).hasMessageContaining("stale");
      }
    }
    assertThat(names()).containsExactly("a");
  }

  @Test
  void contentsStagedAfterASavepointAreDropped() throws IOException {
    String x = "x".repeat(80);
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.write("/f", text(x + "1"));
      Savepoint nothingStaged = transaction.savepoint();
      root.write("/g", text(x + "2")); // beyond the threshold: both are staged
      root.write("/f", text(x + "3"));
      Savepoint staged = transaction.savepoint();
      root.write("/f", text(x + "4"));
      root.write("/g", text(x + "5"));
      assertThat(read(root, "/g")).isEqualTo(x + "5");

      transaction.rollbackTo(staged);
      assertThat(read(root, "/f")).isEqualTo(x + "3");
      assertThat(read(root, "/g")).isEqualTo(x + "2");
      root.write("/h", text(x + "6"));
      assertThat(read(root, "/h")).isEqualTo(x + "6");
      transaction.rollbackTo(nothingStaged);
      assertThat(read(root, "/f")).isEqualTo(x + "1");
      root.write("/i", text(x + "7"));
      assertThat(read(root, "/i")).isEqualTo(x + "7");

      assertThat(transaction.commit().entries()).isEqualTo(3); // the root's row, f and i
    }

    assertThat(names()).containsExactly("f", "i");
    assertThat(read(pond.root(), "/f")).isEqualTo(x + "1");
    assertThat(read(pond.root(), "/i")).isEqualTo(x + "7");
    assertThat(stagedFiles()).hasSize(1); // which the commit lists, with i
    assertThat(PondCheck.run(pond.directory(), CheckMode.DEEP, (what, done, bytes) -> {}).damaged())
        .isFalse();
  }
}
