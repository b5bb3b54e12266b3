package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.transaction.Savepoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every single operation on the disk fails once, at the worst time for each. */
final class FailureTest {
  private static final PondSettings SETTINGS = PondSettings.load();
  private static final int ENOUGH = 500;

  @TempDir private Path temporary;

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Test
  void aCommitThatFailsAnywhereLeavesTheWorkspaceAndMayBeRepeated() throws Exception {
    FailingDisk disk = new FailingDisk(new RealDisk());
    Path folder = temporary.resolve("pond");
    Pond.create(folder, SETTINGS).close();
    List<String> failed = new ArrayList<>();
    List<String> expected = new ArrayList<>();

    try (Pond pond = Pond.open(Machine.with(disk), folder, SETTINGS)) {
      pond.transact(root -> root.createDirectory("/d"), 1);
      for (int after = 0; after < ENOUGH; after++) {
        String name = "f%03d".formatted(after);
        expected.add("d/" + name);
        try (Transaction transaction = pond.begin()) {
          transaction.root().createFile("/d/" + name, text("x".repeat(after * 997)));
          disk.failAfter(after);
          Optional<JournalException> failure = failureOf(transaction);
          String operation = disk.failed();
          disk.failAfter(Long.MAX_VALUE);
          if (failure.isPresent()) {
            failed.add(operation);
            assertThat(transaction.dirty()).as(operation).containsExactly("/d/" + name);
            repeat(transaction, failure.get(), operation);
          }
          assertThat(pond.view().root().readBytes("/d/" + name)).hasSize(after * 997);
          if (operation.isEmpty()) {
            break;
          }
        }
      }
    }

    assertThat(failed).as("operations whose failure was told").hasSizeGreaterThan(5);
    assertThat(expected).hasSizeLessThan(ENOUGH);
    expected.add(0, "d");
    try (Pond pond = Pond.open(folder, SETTINGS)) {
      assertThat(pond.view().root().walk("/").keySet()).containsExactlyElementsOf(expected);
      assertThat(pond.restore(RestoreMode.VERIFY, Progress.NONE).txnSeq())
          .isEqualTo(expected.size() + 1);
    }
  }

  @Test
  void aSavepointOutlivesACommitThatFailed() throws Exception {
    FailingDisk disk = new FailingDisk(new RealDisk());
    Path folder = temporary.resolve("pond");
    Pond.create(folder, SETTINGS).close();

    try (Pond pond = Pond.open(Machine.with(disk), folder, SETTINGS);
        Transaction transaction = pond.begin()) {
      transaction.root().createDirectory("/a");
      Savepoint savepoint = transaction.savepoint();
      transaction.root().createDirectory("/b");
      disk.failAfter(0);
      assertThat(failureOf(transaction)).isPresent();
      disk.failAfter(Long.MAX_VALUE);

      transaction.rollbackTo(savepoint);
      transaction.commit();

      assertThat(pond.view().root().walk("/").keySet()).containsExactly("a");
    }
  }

  private static Optional<JournalException> failureOf(Transaction transaction) throws IOException {
    try {
      transaction.commit();
      return Optional.empty();
    } catch (JournalException e) {
      assertThat(Failures.classify(e).kind()).isEqualTo(Failures.Kind.FAILURE);
      return Optional.of(e);
    }
  }

  /** What may have been stored all the same is a conflict with itself. */
  private static void repeat(Transaction transaction, JournalException failure, String operation)
      throws IOException {
    try {
      transaction.commit();
    } catch (ConflictException e) {
      assertThat(failure.outcomeUnknown()).as(operation).isTrue();
    }
  }

  @Test
  void anInitThatFailsAnywhereIsTakenUpByTheNext() throws Exception {
    FailingDisk disk = new FailingDisk(new RealDisk());
    int failures = 0;

    for (int after = 0; after < ENOUGH; after++) {
      Path folder = temporary.resolve("pond" + after);
      disk.failAfter(after);
      Optional<Exception> failure = createFailure(disk, folder);
      String operation = disk.failed();
      disk.failAfter(Long.MAX_VALUE);
      if (failure.isPresent()) {
        failures++;
        boolean whole = isPond(folder);
        if (!whole) {
          Pond.create(Machine.with(disk), folder, SETTINGS, CommitInfo.NONE).close();
        }
      }
      try (Pond pond = Pond.open(folder, SETTINGS)) {
        assertThat(pond.view().txnSeq()).as(operation).isEqualTo(1);
      }
      if (operation.isEmpty()) {
        break;
      }
    }

    assertThat(failures).isBetween(10, ENOUGH - 1);
  }

  private static Optional<Exception> createFailure(FailingDisk disk, Path folder) {
    try {
      Pond.create(Machine.with(disk), folder, SETTINGS, CommitInfo.NONE).close();
      return Optional.empty();
    } catch (IOException | JournalException e) {
      assertThat(Failures.classify(e).kind()).as(disk.failed()).isEqualTo(Failures.Kind.FAILURE);
      return Optional.of(e);
    }
  }

  private static boolean isPond(Path folder) throws IOException {
    try (Pond pond = Pond.open(folder, SETTINGS)) {
      return pond.view().txnSeq() == 1;
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
  }
}
