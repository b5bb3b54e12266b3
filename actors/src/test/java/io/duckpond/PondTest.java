package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.TransactionRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PondTest {
  private static final PondSettings SETTINGS = PondSettings.load();

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("pond");
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String read(WorkingDirectory root, String path) throws IOException {
    return new String(root.readBytes(path), UTF_8);
  }

  @Test
  void aNewPondIsAnEmptyDirectoryOfTheOwnerOnly() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS)) {
      assertThat(pond.view().txnSeq()).isEqualTo(1);
      assertThat(pond.view().root().list("/")).isEmpty();
      assertThat(pond.view().root().metadata("/").attributes().mode()).isEqualTo(0755);
      assertThat(pond.directory()).isEqualTo(folder());
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatWasCommittedIsThereAfterReopening() throws Exception {
    CommitResult result;
    try (Pond pond = Pond.create(folder(), SETTINGS);
        Transaction transaction = pond.begin()) {
      transaction.root().createDirectories("/a/b");
      transaction.root().createFile("/a/b/small", text("hello"));
      transaction.root().createFile("/large", text("x".repeat(100_000)));
      transaction.root().createSymlink("/link", "a/b/small");
      result = transaction.commit(new CommitInfo("test", "first", "me"));
    }

    assertThat(result.txnSeq()).isEqualTo(2);
    assertThat(result.operations()).isEqualTo(4);
    assertThat(result.bytes()).isEqualTo(100_005);
    try (Pond pond = Pond.open(folder(), SETTINGS)) {
      assertThat(pond.view().txnSeq()).isEqualTo(2);
      assertThat(read(pond.view().root(), "/link")).isEqualTo("hello");
      assertThat(read(pond.view().root(), "/large")).hasSize(100_000);
      try (Stream<TransactionRow> rows = pond.oplog().transactions(LogFilter.ALL)) {
        assertThat(rows.map(TransactionRow::message)).containsExactly("", "first");
      }
    }
  }

  @Test
  void aTransactionGoesOnAfterItsCommit() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS);
        Transaction transaction = pond.begin()) {
      transaction.root().createFile("/a", text("1"));
      transaction.commit();
      assertThat(transaction.dirty()).isEmpty();

      transaction.root().write("/a", text("22"));
      transaction.root().createDirectory("/d");
      assertThat(transaction.dirty()).containsExactly("/a", "/d");
      assertThat(transaction.pendingRows()).hasSize(3);
      CommitResult second = transaction.commit();
      CommitResult nothing = transaction.commit();

      assertThat(second.txnSeq()).isEqualTo(3);
      assertThat(nothing.operations()).isZero();
      assertThat(nothing.txnSeq()).isEqualTo(3);
      assertThat(read(pond.view().root(), "/a")).isEqualTo("22");
      assertThat(pond.view().root().metadata("/a").version()).isEqualTo(2);
    }
  }

  @Test
  void aTransactionsDescriptionCountsStagedRowsToo() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS);
        Transaction transaction = pond.begin()) {
      for (int i = 0; i < 40; i++) {
        transaction.root().createFile("/f" + i, text(String.valueOf(i).repeat(30_000)));
      }

      CommitResult result = transaction.commit();

      try (Stream<TransactionRow> rows = pond.oplog().transactions(LogFilter.ALL)) {
        assertThat(rows.map(TransactionRow::entries).skip(1)).containsExactly(41L);
      }
      assertThat(result.entries()).isEqualTo(41);
      assertThat(temporary.resolve("pond/oplog").toFile().list())
          .anyMatch(name -> name.startsWith("staged-"));
    }
  }

  @Test
  void aRolledBackTransactionLeavesNothing() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS);
        Transaction transaction = pond.begin()) {
      transaction.root().createFile("/a", text("1"));

      transaction.rollback();

      assertThat(transaction.dirty()).isEmpty();
      assertThat(transaction.root().exists("/a")).isFalse();
      assertThat(pond.view().txnSeq()).isEqualTo(1);
    }
  }

  @Test
  void everyPastStateCanBeReadBack() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS)) {
      for (int i = 2; i <= 6; i++) {
        String number = Integer.toString(i);
        pond.transact(root -> root.write("/f", text(number)), 1);
      }
      for (int i = 2; i <= 6; i++) {
        assertThat(read(pond.asOf(i).root(), "/f")).isEqualTo(Integer.toString(i));
      }
    }

    try (Pond pond = Pond.open(folder(), SETTINGS)) {
      PondView third = pond.asOf(3);
      List<TransactionRow> rows;
      try (Stream<TransactionRow> stream = pond.oplog().transactions(LogFilter.ALL)) {
        rows = stream.toList();
      }
      for (TransactionRow row : rows) {
        Instant then = Instant.EPOCH.plus(row.timestampMicros(), ChronoUnit.MICROS);
        assertThat(pond.asOf(then).txnSeq()).isEqualTo(row.txnSeq());
      }
      assertThat(read(third.root(), "/f")).isEqualTo("3");
      assertThat(pond.asOf(1).root().exists("/f")).isFalse();
      assertThatThrownBy(() -> third.root().createDirectory("/x"))
          .isInstanceOf(ReadOnlyFileSystemException.class);
    }
  }

  @Test
  void aStateThatNeverWasIsRefused() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS)) {
      assertThatThrownBy(() -> pond.asOf(0)).isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> pond.asOf(2))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("transaction 2: there is none; the newest is 1");
      assertThatThrownBy(() -> pond.asOf(Instant.EPOCH)).isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> pond.asOf(Instant.now().plusSeconds(60)))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("in the future");
    }
  }

  @Test
  void aPondIsNotCreatedTwiceNorOverAnythingElse() throws Exception {
    Pond.create(folder(), SETTINGS).close();
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("precious"), "data");

    assertThatThrownBy(() -> Pond.create(folder(), SETTINGS))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Pond.create(other, SETTINGS))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(other).isDirectoryContaining("glob:**/precious");
    assertThat(Files.list(other)).hasSize(1);
  }

  @Test
  void whereThereIsNoPondNoneIsOpened() throws Exception {
    Files.createDirectories(temporary.resolve("empty"));
    Files.createDirectories(temporary.resolve("half/oplog"));

    for (String name : List.of("absent", "empty", "half")) {
      assertThatThrownBy(() -> Pond.open(temporary.resolve(name), SETTINGS))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("no pond there");
    }
  }

  @Test
  void anotherProcessesCommitsAreSeen() throws Exception {
    try (Pond writer = Pond.create(folder(), SETTINGS);
        Pond reader = Pond.open(folder(), SETTINGS)) {
      PondView before = reader.view();
      assertThat(before.root().list("/")).isEmpty();

      writer.transact(root -> root.createFile("/a", text("1")), 1);

      assertThat(reader.view().root().list("/")).hasSize(1);
      assertThat(before.root().list("/")).isEmpty();
      writer.transact(root -> root.write("/a", text("2")), 1);
      assertThat(read(reader.view().root(), "/a")).isEqualTo("2");
    }
  }

  @Test
  void onlyOneWrites() throws Exception {
    try (Pond writer = Pond.create(folder(), SETTINGS.withCommand("first"));
        Pond other = Pond.open(folder(), SETTINGS.withLockWait(Duration.ZERO));
        Transaction transaction = other.begin()) {
      transaction.root().createFile("/a", text("1"));

      assertThatThrownBy(transaction::commit)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("(first)");

      assertThat(transaction.dirty()).containsExactly("/a");
      assertThat(other.status().lockHolder())
          .hasValueSatisfying(holder -> assertThat(holder).contains("(first)"));
      writer.close();
      assertThat(other.status().lockHolder()).isEmpty();
      assertThat(transaction.commit().txnSeq()).isEqualTo(2);
    }
  }

  @Test
  void aWriterThatWaitedForTheLockSeesWhatItsHolderWrote() throws Exception {
    try (Pond first = Pond.create(folder(), SETTINGS);
        Pond second = Pond.open(folder(), SETTINGS);
        Transaction mine = second.begin();
        Transaction stale = second.begin()) {
      mine.root().createFile("/mine", text("2"));
      stale.root().createFile("/f", text("2"));
      first.transact(root -> root.createFile("/f", text("1")), 1);
      first.transact(root -> root.createDirectories("/d/e"), 1);
      first.close();

      assertThat(mine.commit().txnSeq()).isEqualTo(4);

      assertThatThrownBy(stale::commit)
          .isInstanceOf(ConflictException.class)
          .hasMessageStartingWith("/f: ");
      assertThat(second.view().root().walk("/").keySet()).containsExactly("d", "d/e", "f", "mine");
    }
  }

  @Test
  void transactRunsAgainOnAConflict() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS)) {
      pond.transact(root -> root.createFile("/count", text("")), 1);

      IntStream.range(0, 20)
          .mapToObj(
              i ->
                  pond.transactAsync(
                      root -> root.write("/count", text(read(root, "/count") + "x")), 100))
          .toList()
          .forEach(each -> each.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join());

      assertThat(read(pond.view().root(), "/count")).isEqualTo("x".repeat(20));
    }
  }

  @Test
  void asynchronousFormsFailWithTheVeryException() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS)) {
      assertThat(
              Pond.openAsync(temporary.resolve("absent"), SETTINGS)
                  .handle((opened, failure) -> failure)
                  .toCompletableFuture()
                  .get(10, TimeUnit.SECONDS))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(
              pond.readAsync(root -> root.readBytes("/absent"))
                  .handle((bytes, failure) -> failure)
                  .toCompletableFuture()
                  .get(10, TimeUnit.SECONDS))
          .isInstanceOf(NoSuchFileException.class);
      try (Transaction late = pond.begin()) {
        late.root().createDirectory("/d");
        pond.transact(root -> root.createDirectory("/d"), 1);
        assertThat(
                late.commitAsync(CommitInfo.NONE)
                    .handle((result, failure) -> failure)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS))
            .isInstanceOf(ConflictException.class);
      }
    }
  }

  @Test
  void statusCounts() throws Exception {
    try (Pond pond = Pond.create(folder(), SETTINGS)) {
      pond.transact(
          root -> {
            root.createDirectories("/a/b");
            root.createFile("/a/f", text("1"));
            root.createSymlink("/l", "a");
            return root;
          },
          1);

      PondStatus status = pond.status();

      assertThat(status.txnSeq()).isEqualTo(2);
      assertThat(status.nodes())
          .containsOnly(
              java.util.Map.entry("directory", 3L),
              java.util.Map.entry("file", 1L),
              java.util.Map.entry("symlink", 1L));
      assertThat(status.files()).isEqualTo(2);
      assertThat(status.bytes()).isPositive();
      assertThat(status.id()).hasSize(32);
    }
  }

  @Test
  void restoreRebuildsTheSameTreeFromTheLogAlone() throws Exception {
    RestoreReport before;
    try (Pond pond = Pond.create(folder(), SETTINGS)) {
      pond.transact(
          root -> {
            root.createDirectories("/a/b");
            root.createFile("/a/f", text("1"));
            root.createFile("/large", text("y".repeat(200_000)));
            return root.createSymlink("/l", "a");
          },
          1);
      pond.transact(
          root -> {
            root.removeRecursively("/a/b");
            return root;
          },
          1);
      before = pond.restore(RestoreMode.LOG, Progress.NONE);
    }
    try (Stream<Path> all = Files.walk(folder())) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Path top = folder().relativize(each).getName(0);
        if (!each.equals(folder()) && !List.of("oplog", "contents").contains(top.toString())) {
          Files.delete(each);
        }
      }
    }

    try (Pond pond = Pond.open(folder(), SETTINGS)) {
      assertThat(read(pond.view().root(), "/a/f")).isEqualTo("1");
      RestoreReport report = pond.restore(RestoreMode.VERIFY, Progress.NONE);

      assertThat(report.txnSeq()).isEqualTo(3);
      assertThat(report.partitions()).isEqualTo(3);
      assertThat(report.events()).isEqualTo(5);
      assertThat(report.bytes()).isGreaterThan(before.bytes() + 199_999);
      assertThat(report.contentRoot()).isEqualTo(before.contentRoot());
      assertThat(pond.view().root().walk("/").keySet()).containsExactly("a", "a/f", "l", "large");
    }
  }
}
