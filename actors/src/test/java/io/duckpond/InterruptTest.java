package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.JournalException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread of a caller is interrupted, which closes whatever channel it reads or writes. */
final class InterruptTest {
  private static final byte[] LARGE = new byte[200_000];

  @TempDir private Path temporary;

  /** What a caller does while it is interrupted. */
  private interface Action {
    void run() throws IOException;
  }

  /** Runs it; it may be refused for the interrupt's sake only. Returns whether it was done. */
  private static boolean interrupted(Action action) throws IOException {
    Thread.currentThread().interrupt();
    try {
      action.run();
      return true;
    } catch (IOException | JournalException e) {
      Failures.Failure told = Failures.classify(e);
      assertThat(told.kind()).as(told.line()).isEqualTo(Failures.Kind.FAILURE);
      assertThat(told.line()).contains("interrupted");
      return false;
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
    }
  }

  @Test
  void anInterruptedCallerHurtsNeitherThePondNorItsOtherUsers() throws Exception {
    Arrays.fill(LARGE, (byte) 7);
    Path folder = temporary.resolve("pond");
    try (Pond pond = Pond.create(folder, PondSettings.load())) {
      pond.transact(root -> root.write("/large", new ByteArrayInputStream(LARGE)), 1);
      try (Transaction transaction = pond.begin()) {
        transaction.root().createDirectory("/made");
        interrupted(transaction::commit);
        transaction.commit();
      }
      try (Transaction transaction = pond.begin()) {
        Action write =
            () -> transaction.root().write("/more", new ByteArrayInputStream(new byte[150_000]));
        if (!interrupted(write)) {
          write.run();
        }
        interrupted(transaction::commit);
        transaction.commit();
      }
      interrupted(() -> assertThat(pond.view().root().readBytes("/large")).isEqualTo(LARGE));
      interrupted(pond::status);
      interrupted(() -> pond.restore(RestoreMode.VERIFY, Progress.NONE));

      assertThat(pond.view().root().readBytes("/large")).isEqualTo(LARGE);
      assertThat(pond.view().root().readBytes("/more")).hasSize(150_000);
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
      pond.transact(root -> root.createDirectory("/after"), 1);
      try (Pond reader = Pond.open(folder)) {
        assertThat(reader.view().root().walk("/").keySet())
            .containsExactly("after", "large", "made", "more");
        interrupted(() -> reader.view().root().readBytes("/large"));
        assertThat(reader.view().root().readBytes("/large")).isEqualTo(LARGE);
      }
    }
  }
}
