package io.duckpond;

import static io.duckpond.SnapshotScene.EAGER;
import static io.duckpond.SnapshotScene.NEVER;
import static io.duckpond.SnapshotScene.settings;
import static io.duckpond.SnapshotScene.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.FaultyDisk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Crashes and failing disks while snapshots are written, in the background and by restore. */
final class SnapshotCrashTest {
  private static final Path FOLDER = Path.of("/pond");

  /** Crash points of a run, of which an ordinary one takes fewer than twice so many. */
  private static final int MANY = 60;

  /** What a power cut before each operation from now on leaves. */
  private static Map<String, SimulatedDisk> watch(SimulatedDisk disk, Random random) {
    Map<String, SimulatedDisk> images = new LinkedHashMap<>();
    disk.beforeEach(
        (operation, path) -> {
          boolean chosen = path.toString().contains("snapshots");
          if (chosen) {
            images.put(
                images.size() + ": " + operation + " " + path,
                random.nextInt(3) == 0 ? disk.afterKill() : disk.afterPowerCut(random));
          }
        });
    return images;
  }

  private static void check(Harness harness, Map<String, SimulatedDisk> images) throws IOException {
    int number = 0;
    int step = Harness.size(Math.max(1, images.size() / MANY), 1);
    for (Map.Entry<String, SimulatedDisk> image : images.entrySet()) {
      if (number++ % step > 0) {
        continue;
      }
      String at = harness.at(image.getKey());
      Machine machine = Machine.with(image.getValue());
      Map<String, Entry> expected = treeOf(machine, NEVER);
      assertThat(treeOf(machine, EAGER)).as(at).isEqualTo(expected);
      if (number % (8 * step) == 1) {
        try (Pond pond = Pond.open(machine, FOLDER, EAGER)) {
          assertThat(pond.restore(RestoreMode.LOG, Progress.NONE).snapshotsLeft()).as(at).isEmpty();
          SnapshotScene.change(pond, new Random(number), 1);
        }
        assertThat(treeOf(machine, EAGER)).as(at).isEqualTo(treeOf(machine, NEVER));
        assertThat(machine.disk().names(FOLDER)).as(at).doesNotContain("snapshots.new");
      }
      harness.count("crash points", 1);
    }
  }

  private static Map<String, Entry> treeOf(Machine machine, PondSettings settings)
      throws IOException {
    try (Pond pond = Pond.open(machine, FOLDER, settings)) {
      return tree(pond.view());
    }
  }

  @Test
  void aCrashWhileSnapshotsAreWrittenChangesNoAnswer() throws Exception {
    Harness harness = Harness.named("snapshots-crash");
    Random random = new Random(harness.seed());
    for (int run = 0; run < Harness.size(1, 20); run++) {
      SimulatedDisk disk = new SimulatedDisk();
      Machine machine = Machine.with(disk);
      Pond.create(machine, FOLDER, EAGER, CommitInfo.NONE).close();

      Map<String, SimulatedDisk> images = watch(disk, random);
      try (Pond pond = Pond.open(machine, FOLDER, EAGER)) {
        SnapshotScene.change(pond, random, 3);
        pond.restore(RestoreMode.LOG, Progress.NONE);
        SnapshotScene.change(pond, random, 1);
      }
      try (Pond pond = Pond.open(machine, FOLDER, settings(2, 2))) {
        pond.restore(RestoreMode.LOG, Progress.NONE);
      }
      disk.beforeEach((operation, path) -> {});

      check(harness, images);
    }
    assertThat(harness.counted("crash points")).isGreaterThan(40);
    harness.report();
  }

  @Test
  void aDiskThatFailsWhileSnapshotsAreRewrittenLeavesTheRestoreWhole() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    Pond.create(Machine.with(disk), FOLDER, EAGER, CommitInfo.NONE).close();
    try (Pond pond = Pond.open(Machine.with(disk), FOLDER, EAGER)) {
      SnapshotScene.change(pond, new Random(1), 5);
    }
    Map<String, Entry> expected = treeOf(Machine.with(disk), NEVER);
    int left = 0;

    int stride = Harness.size(3, 1);
    for (FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
      for (long after = fault.ordinal() % stride; ; after += stride) {
        FaultyDisk faulty = new FaultyDisk(disk);
        try (Pond pond = Pond.open(Machine.with(faulty), FOLDER, EAGER)) {
          faulty.fail(fault, after, FaultyDisk.Times.ONCE);
          if (pond.restore(RestoreMode.LOG, Progress.NONE).snapshotsLeft().isPresent()) {
            left++;
          }
        } catch (IOException | JournalException e) {
          assertThat(faulty.failed()).as("%s: %s", fault, e).isPresent();
        }
        if (faulty.failed().isEmpty()) {
          break;
        }
        assertThat(treeOf(Machine.with(disk), EAGER)).as("%s", faulty.failed()).isEqualTo(expected);
      }
    }

    assertThat(left).isGreaterThan(50 / stride);
  }

  @Test
  void aDiskThatOnlyReadsIsRestoredFrom() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    try (Pond pond = Pond.create(Machine.with(disk), FOLDER, EAGER, CommitInfo.NONE)) {
      SnapshotScene.change(pond, new Random(1), 5);
    }
    FaultyDisk readOnly = new FaultyDisk(disk);
    readOnly.fail(FaultyDisk.Fault.READ_ONLY, 0, FaultyDisk.Times.FOR_EVER);

    try (Pond pond = Pond.open(Machine.with(readOnly), FOLDER, EAGER)) {
      RestoreReport report = pond.restore(RestoreMode.LOG, Progress.NONE);

      assertThat(report.snapshotsLeft()).get().asString().contains("Read-only file system");
      assertThat(tree(pond.view())).isEqualTo(treeOf(Machine.with(disk), NEVER));
    }
  }
}
