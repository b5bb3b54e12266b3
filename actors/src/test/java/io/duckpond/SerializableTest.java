package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.node.Attributes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What isolation on request refuses, and what it allows. */
final class SerializableTest extends TransactionScene {
  /** The classic example: each looks whether the other is there, and leaves if it is. */
  private void bothLeave(TransactionOptions options) throws IOException {
    pond.root().createDirectories("/on-call/alice");
    pond.root().createDirectories("/left");
    pond.root().createDirectory("/on-call/bob");
    try (Transaction alice = pond.begin(options);
        Transaction bob = pond.begin(options)) {
      assertThat(alice.root().exists("/on-call/bob")).isTrue();
      alice.root().createFile("/left/alice", text("bye"));
      alice.root().setAttributes("/on-call/alice", new Attributes(0700, 1));
      assertThat(bob.root().exists("/on-call/alice")).isTrue();
      assertThat(bob.root().metadata("/on-call/alice").attributes().mode()).isEqualTo(0755);
      bob.root().createFile("/left/bob", text("bye"));
      bob.root().setAttributes("/on-call/bob", new Attributes(0700, 1));
      alice.commit();
      bob.commit();
    }
  }

  @Test
  void snapshotIsolationAllowsWriteSkew() {
    assertThatCode(() -> bothLeave(OPTIONS)).doesNotThrowAnyException();
  }

  @Test
  void serializableDoesNot() {
    assertThatThrownBy(() -> bothLeave(SERIALIZABLE))
        .isInstanceOf(ConflictException.class)
        .hasMessage("/on-call/alice: another transaction has changed what was read there");
  }

  private interface Look {
    void at(WorkingDirectory root) throws IOException;
  }

  private void conflictsIf(Look read, Look change, String where) throws IOException {
    String at = "/" + pond.view().txnSeq();
    pond.root().createDirectories(at + "/d/sub");
    pond.root().createFile(at + "/d/f", text("one"));
    pond.root().createSymlink(at + "/link", "d/f");
    try (Transaction reader = pond.begin(SERIALIZABLE)) {
      read.at(reader.root().open(at));
      reader.root().createFile("/result" + at.substring(1), text("x"));
      change.at(pond.root().open(at));
      if (where.isEmpty()) {
        reader.commit();
      } else {
        assertThatThrownBy(reader::commit)
            .isInstanceOf(ConflictException.class)
            .hasMessageStartingWith(at + where + ": ");
        assertThat(read(reader.root(), "/result" + at.substring(1))).isEqualTo("x");
      }
    }
  }

  private static void refused(Look call, WorkingDirectory root) {
    assertThatThrownBy(() -> call.at(root)).isInstanceOf(FileSystemException.class);
  }

  @Test
  void whateverWasReadMustBeSoWhenASerializableTransactionCommits() throws IOException {
    conflictsIf(root -> root.exists("x"), root -> root.createDirectory("x"), "/x");
    conflictsIf(root -> root.exists("d/x"), root -> root.createDirectory("d/x"), "/d/x");
    conflictsIf(root -> root.readBytes("d/f"), root -> root.write("d/f", text("2")), "/d/f");
    conflictsIf(root -> root.readBytes("link"), root -> root.write("d/f", text("2")), "/d/f");
    conflictsIf(root -> root.list("d"), root -> root.createDirectory("d/x"), "/d");
    conflictsIf(root -> root.walk(""), root -> root.createDirectory("d/sub/x"), "/d/sub");
    conflictsIf(root -> root.metadata("d"), root -> root.rename("d", "e"), "/d");
    conflictsIf(root -> root.chroot().exists("d/f"), root -> root.remove("d/f"), "/d/f");
    conflictsIf(
        root -> refused(here -> here.remove("d"), root),
        root -> root.removeRecursively("d/sub"),
        "/d");
    conflictsIf(
        root -> refused(here -> here.createDirectory("d"), root),
        root -> root.removeRecursively("d"),
        "/d");
  }

  @Test
  void whatWasNotReadMayChange() throws IOException {
    conflictsIf(root -> root.exists("d/x"), root -> root.createDirectory("d/y"), "");
    conflictsIf(root -> root.exists("d/f"), root -> root.createDirectory("x"), "");
    conflictsIf(root -> root.list("d"), root -> root.createDirectory("d/sub/x"), "");
    conflictsIf(root -> root.exists("x"), root -> root.chroot().exists("x"), "");
  }

  @Test
  void manyReadNamesCountAsTheWholeDirectory() throws IOException {
    conflictsIf(
        root -> {
          for (int i = 0; i < 2_000; i++) {
            assertThat(root.exists("d/" + i)).isFalse();
          }
        },
        root -> root.createDirectory("d/x"),
        "/d");
  }

  @Test
  void aSerializableTransactionThatOnlyReadsNeverMeetsAConflict() throws IOException {
    try (Transaction reader = pond.begin(SERIALIZABLE)) {
      assertThat(reader.root().list("/")).isEmpty();
      pond.root().createDirectory("/a");
      assertThat(reader.root().list("/")).isEmpty();

      assertThat(reader.commit().txnSeq()).isEqualTo(2);
      assertThat(reader.root().list("/")).hasSize(1);
    }
  }

  /** Their commits overlap: neither may be decided before the other is published. */
  @Test
  void ofSerializableTransactionsInFlightAtATimeOneMeetsTheConflict() throws Exception {
    pond.root().createDirectories("/a");
    pond.root().createDirectories("/b");
    for (int round = 0; round < 20; round++) {
      try (Transaction one = pond.begin(SERIALIZABLE);
          Transaction other = pond.begin(SERIALIZABLE)) {
        one.root().list("/a");
        one.root().createDirectory("/b/" + round);
        other.root().list("/b");
        other.root().createDirectory("/a/" + round);

        List<CompletableFuture<CommitResult>> answers =
            List.of(
                one.commitAsync(CommitInfo.NONE).toCompletableFuture(),
                other.commitAsync(CommitInfo.NONE).toCompletableFuture());
        CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
            .handle((done, failure) -> "answered")
            .get();

        assertThat(answers.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize(1);
      }
    }
  }
}
