package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction of so many changes that the journal writes it ahead of its commit. */
final class LargeTransactionTest {
  private static final int DIRECTORIES = 2_100;

  @TempDir private Path temporary;

  @Test
  void thousandsOfChangesAreOneTransactionThatIsRestored() throws Exception {
    Path folder = temporary.resolve("pond");
    try (Pond pond = Pond.create(folder, PondSettings.load())) {
      pond.transact(root -> root.createDirectory("/a"), 1);
      pond.transact(
          root -> {
            for (int i = 0; i < DIRECTORIES; i++) {
              root.createDirectory("/a/" + i);
              root.write("/a/" + i + "/f", bytes(i));
            }
            return root;
          },
          1);
      pond.transact(root -> root.write("/a/7/g", bytes(7)), 1);
      assertThat(pond.view().root().readBytes("/a/1000/f")).containsExactly((byte) 1000);
    }
    try (Pond pond = Pond.open(folder)) {
      assertThat(pond.view().root().walk("/")).hasSize(1 + 2 * DIRECTORIES + 1);
      assertThat(pond.view().root().readBytes("/a/2099/f")).containsExactly((byte) 2099);
      assertThat(pond.view().root().readBytes("/a/7/g")).containsExactly(7);
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
    }
  }

  private static ByteArrayInputStream bytes(int of) {
    return new ByteArrayInputStream(new byte[] {(byte) of});
  }
}
