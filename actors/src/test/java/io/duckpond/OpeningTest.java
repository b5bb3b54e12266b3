package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pond reads that was just opened: nothing that is not asked for. */
final class OpeningTest {
  private static final LargeTree TREE = new LargeTree(Harness.size(500, 20_000), 2, 4, 1_000);

  /** Every transaction has a data file of its own. */
  private static final PondSettings UNMERGED = SnapshotScene.settings(4, 64);

  private final MeteredDisk disk = new MeteredDisk(new RealDisk());

  @TempDir private static Path temporary;

  private static Path folder;

  @BeforeAll
  static void aTreeInManyDataFiles() throws IOException {
    folder = temporary.resolve("pond");
    try (Pond pond = Pond.create(folder, UNMERGED)) {
      TREE.build(pond, TREE.nodes() / 50);
    }
  }

  @Test
  void openingReadsNoDataFile() throws IOException {
    try (Pond pond = Pond.open(Machine.with(disk), folder, UNMERGED)) {
      assertThat(pond.view().txnSeq()).isGreaterThan(40);

      assertThat(disk.opened()).isEmpty();
      assertThat(pond.loadedDirectories()).isZero();
    }
  }

  @Test
  void readingAFileLoadsTheDirectoriesOnItsPathAndOpensTheirDataFiles() throws IOException {
    String path = TREE.file(TREE.files() - 1);
    List<String> above = LargeTree.above(path);
    try (Pond pond = Pond.open(Machine.with(disk), folder, UNMERGED)) {
      assertThat(pond.view().root().readBytes(path)).asString().isEqualTo(path);

      assertThat(pond.loadedDirectories()).isEqualTo(above.size());
      assertThat(disk.opened()).hasSizeLessThanOrEqualTo(2 * above.size());

      disk.forget();
      assertThat(pond.view().root().metadata(path).version()).isEqualTo(1);
      assertThat(disk.opened()).isEmpty();
    }
  }

  @Test
  void whatIsMadeInADirectoryLoadsNoMore() throws IOException {
    String path = TREE.directory(TREE.directories()) + "/new.txt";
    try (Pond pond = Pond.open(Machine.with(disk), folder, UNMERGED)) {
      pond.root().createFile(path, LargeTree.content(path));

      assertThat(pond.loadedDirectories()).isEqualTo(LargeTree.above(path).size());
    }
  }
}
