package io.duckpond.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.CommitInfo;
import io.duckpond.ConflictException;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Transaction;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.NodeId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cases of bringing something back that a random script meets seldom. */
class RevertTest {
  private Pond pond;

  @BeforeEach
  void makePond() throws IOException {
    pond =
        Pond.create(
            Machine.with(new MemoryDisk()), Path.of("/pond"), PondSettings.load(), CommitInfo.NONE);
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  private long commit(Pond.Change<?> change) throws IOException {
    pond.transact(change, 1);
    return pond.view().txnSeq();
  }

  private static Pond.Change<?> file(String path, String text) {
    return root -> root.write(path, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private NodeId id(String path) throws IOException {
    return pond.view().root().metadataNoFollow(path).child();
  }

  @Test
  void aNodeThatHasAPlaceElsewhereKeepsItAndIsCopied() throws IOException {
    commit(root -> root.createDirectories("/a/sub"));
    long then = commit(file("/a/sub/f", "one"));
    commit(
        root -> {
          root.rename("/a/sub", "/kept");
          root.removeRecursively("/a");
          return root;
        });
    NodeId kept = id("/kept/f");

    commit(
        root -> {
          root.revert(List.of("/a"), pond.asOf(then));
          return root;
        });

    assertThat(pond.view().root().readBytes("/a/sub/f")).asString(UTF_8).isEqualTo("one");
    assertThat(id("/kept/f")).isEqualTo(kept).isNotEqualTo(id("/a/sub/f"));
  }

  @Test
  void aDirectoryComesBackWithItsIdAndItsLogGoesOn() throws IOException {
    commit(root -> root.createDirectory("/d"));
    long then = commit(file("/d/f", "one"));
    NodeId before = id("/d");
    commit(
        root -> {
          root.removeRecursively("/d");
          return root;
        });
    commit(
        root -> {
          root.revert(List.of("/d"), pond.asOf(then));
          return root;
        });

    commit(file("/d/g", "two"));

    assertThat(id("/d")).isEqualTo(before);
    assertThat(pond.view().root().list("/d")).hasSize(2);
  }

  @Test
  void twoTransactionsCannotBringBackTheSame() throws IOException {
    commit(root -> root.createDirectory("/a"));
    commit(root -> root.createDirectory("/b"));
    long atA = commit(file("/a/f", "one"));
    long atB =
        commit(
            root -> {
              root.rename("/a/f", "/b/f");
              return root;
            });
    commit(
        root -> {
          root.remove("/b/f");
          return root;
        });

    try (Transaction first = pond.begin();
        Transaction second = pond.begin()) {
      first.root().revert(List.of("/a/f"), pond.asOf(atA));
      second.root().revert(List.of("/b/f"), pond.asOf(atB));
      first.commit();

      assertThatThrownBy(second::commit).isInstanceOf(ConflictException.class);
    }
    assertThat(pond.view().root().exists("/b/f")).isFalse();
  }

  @Test
  void aDirectoryThatHoldsTheRevertedOneMustNotGoMeanwhile() throws IOException {
    commit(root -> root.createDirectory("/a"));
    long then = commit(file("/a/f", "one"));
    commit(
        root -> {
          root.remove("/a/f");
          return root;
        });

    try (Transaction reverting = pond.begin()) {
      reverting.root().revert(List.of("/a/f"), pond.asOf(then));
      commit(
          root -> {
            root.removeRecursively("/a");
            return root;
          });

      assertThatThrownBy(reverting::commit).isInstanceOf(ConflictException.class);
    }
  }

  @Test
  void aStateThatTheTransactionDoesNotSeeIsRefused() throws IOException {
    try (Transaction early = pond.begin()) {
      long later = commit(file("/f", "one"));

      assertThatThrownBy(() -> early.root().revert(List.of("/f"), pond.asOf(later)))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("/f: this transaction began before transaction 2 was there");
    }
  }

  @Test
  void whatWasRemovedInTheSameTransactionComesBackInPlace() throws IOException {
    commit(root -> root.createDirectory("/d"));
    long then = commit(file("/d/f", "one"));
    Picture before = Picture.of(pond.view().root());

    commit(
        root -> {
          root.removeRecursively("/d");
          root.revert(List.of("/"), pond.asOf(then));
          return root;
        });

    assertThat(Picture.of(pond.view().root())).isEqualTo(before);
    assertThat(pond.view().txnSeq()).isEqualTo(then);
  }
}
