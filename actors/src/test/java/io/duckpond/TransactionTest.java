package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Attributes;
import io.duckpond.transaction.Savepoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints, conflicts, time-outs, automatic commits, isolation on request; on a set clock. */
final class TransactionTest {
  private static final TransactionOptions OPTIONS = TransactionOptions.DEFAULT;
  private static final TransactionOptions SERIALIZABLE = OPTIONS.serializable();
  private static final PondSettings SETTINGS =
      PondSettings.from(
          ConfigFactory.parseString("pond.transaction.staging-threshold = 100")
              .withFallback(ConfigFactory.load()));

  @TempDir private Path temporary;
  private final SetClock clock = new SetClock();
  private Pond pond;

  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void create() throws IOException {
    Machine real = Machine.real();
    Machine machine = new Machine(real.disk(), clock, real.random(), real.threads());
    pond =
        Pond.create(machine, temporary.resolve("pond"), SETTINGS, new CommitInfo("init", "", ""));
  }

  @AfterEach
  void close() {
    pond.close();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String read(WorkingDirectory root, String path) throws IOException {
    return new String(root.readBytes(path), UTF_8);
  }

  private List<String> names() throws IOException {
    return List.copyOf(pond.view().root().walk("/").keySet());
  }

  private List<Path> stagedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(pond.directory().resolve("oplog"))) {
      return files.filter(file -> file.getFileName().toString().contains("staged")).toList();
    }
  }

  // Savepoints

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

  // Conflicts

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

  // Time-out

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

  // Automatic commits

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

  // Isolation

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

  // transact, sync, close

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
