package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one entry more writes in a directory of 20,000, or of 200,000 in a release run: its commit,
 * and its share of the snapshots that follow. Merges are told apart: they write again what commits
 * have written, that of building the directory included.
 */
final class LargeDirectoryTest {
  private static final int ENTRIES = Harness.size(20_000, 200_000);
  private static final int IN_TRANSACTION = 20_000;
  private static final long KIB = 1024;

  /** A commit pays for 250 entries of a snapshot at most. */
  private static final long SNAPSHOT_BYTES = 48 * KIB;

  private static final int SERVICE = 100;
  private static final int COMMANDS = 5;

  /** So many that a snapshot falls due, as long as the files of their commits are not merged. */
  private static final int UNMERGED = Harness.size(100, 1_000);

  private final Harness harness = Harness.named("large-directory");
  private final MeteredDisk disk = new MeteredDisk(new RealDisk());

  @TempDir private Path temporary;

  @Test
  void oneEntryMoreWritesKilobytes() throws IOException {
    Path folder = temporary.resolve("pond");
    try (Pond pond = Pond.create(folder, PondSettings.load())) {
      new LargeTree(0, 1, 0, ENTRIES).build(pond, IN_TRANSACTION);
    }

    disk.forget();
    insert(folder, "service-", SERVICE, PondSettings.load());
    counted("a service", SERVICE);
    assertThat(disk.writtenByCommits() / SERVICE).isLessThan(16 * KIB);
    assertThat(disk.writtenBySnapshots() / SERVICE).isLessThan(SNAPSHOT_BYTES);

    disk.forget();
    for (int i = 0; i < COMMANDS; i++) {
      insert(folder, "command-" + i + "-", 1, PondSettings.load());
    }
    counted("a command", COMMANDS);
    assertThat(disk.writtenByCommits() / COMMANDS).isLessThan(16 * KIB);
    assertThat(disk.writtenBySnapshots()).isZero();

    disk.forget();
    insert(folder, "unmerged-", UNMERGED, SnapshotScene.settings(4, 64));
    counted("a service without merges", UNMERGED);
    assertThat(disk.writtenBySnapshots() / UNMERGED).isBetween(1L, SNAPSHOT_BYTES);

    System.out.println(harness.report());
    try (Pond pond = Pond.open(folder)) {
      assertThat(pond.view().root().list(LargeTree.LARGE))
          .hasSize(ENTRIES + SERVICE + COMMANDS + UNMERGED);
    }
  }

  private void counted(String by, int inserts) {
    harness.count("bytes for each insert by " + by, disk.writtenByCommits() / inserts);
    harness.count("of snapshots by " + by, disk.writtenBySnapshots() / inserts);
    harness.count("of merges by " + by, disk.writtenByUpkeep() / inserts);
  }

  private void insert(Path folder, String prefix, int inserts, PondSettings settings)
      throws IOException {
    try (Pond pond = Pond.open(Machine.with(disk), folder, settings)) {
      for (int i = 0; i < inserts; i++) {
        String path = LargeTree.LARGE + "/" + prefix + i;
        pond.root().createFile(path, LargeTree.content(path));
      }
    }
  }
}
