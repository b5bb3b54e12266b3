package io.duckpond;

import static io.duckpond.CollectionScene.abort;
import static io.duckpond.CollectionScene.create;
import static io.duckpond.CollectionScene.fill;
import static io.duckpond.CollectionScene.history;
import static io.duckpond.CollectionScene.leftovers;
import static io.duckpond.CollectionScene.open;
import static io.duckpond.CollectionScene.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.FaultyDisk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Collections that end, or fail, at every operation on the disk. */
final class CollectionCrashTest {

  /** So many operations of a run are tried in the ordinary build, all of them before a release. */
  private static final int POINTS = 15;

  /** What a process finds after another has ended before an operation. */
  private record Image(String where, SimulatedDisk disk, long txnSeq) {}

  @Test
  void aCrashAtAnyStepLosesNothingThatIsReferredToAndTheNextCollectionFinishes() throws Exception {
    Harness harness = Harness.named("collection-crash");
    Random random = new Random(harness.seed());
    for (int run = 0; run < Harness.size(1, 5); run++) {
      SimulatedDisk disk = new SimulatedDisk();
      List<Image> images = new ArrayList<>();
      Map<String, Integer> expected;
      try (Pond pond = create(disk)) {
        fill(pond);
        abort(pond, 5, 6, 15, 20);
        disk.beforeEach(
            (operation, path) ->
                images.add(
                    new Image(
                        operation + " " + path,
                        random.nextInt(3) == 0 ? disk.afterKill() : disk.afterPowerCut(random),
                        pond.committed().txnSeq())));
        pond.maintain(EnumSet.of(MaintenanceTask.VACUUM), Progress.NONE);
        try (Transaction transaction = pond.begin()) {
          transaction.root().write("/b", stream(15)); // once more what was just collected
          transaction.commit(CommitInfo.NONE);
        }
        abort(pond, 20);
        pond.maintain(EnumSet.of(MaintenanceTask.VACUUM), Progress.NONE);
        disk.beforeEach((operation, path) -> {});
        expected = history(pond);
      }
      int step = Harness.size(Math.max(1, images.size() / POINTS), 1);
      for (int i = random.nextInt(step); i < images.size(); i += step) {
        check(images.get(i), expected, harness.at(images.get(i).where()));
        harness.count("crash points", 1);
      }
    }
    assertThat(harness.counted("crash points")).isGreaterThanOrEqualTo(POINTS);
    harness.report();
  }

  private static void check(Image image, Map<String, Integer> expected, String at)
      throws IOException {
    try (Pond pond = open(image.disk())) {
      assertThat(pond.view().txnSeq()).as(at).isGreaterThanOrEqualTo(image.txnSeq());
      Map<String, Integer> found = history(pond);
      assertThat(expected).as(at).containsAllEntriesOf(found);
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
      abort(pond, 6);
      pond.maintain(EnumSet.of(MaintenanceTask.VACUUM), Progress.NONE);
      assertThat(history(pond)).as(at).isEqualTo(found);
    }
    assertThat(leftovers(image.disk())).as(at).isEmpty();
  }

  @Test
  void aDiskThatFailsAtAnyStepLosesNothingThatIsReferredTo() throws Exception {
    Harness harness = Harness.named("collection-faults");
    SimulatedDisk disk = new SimulatedDisk();
    try (Pond pond = create(disk)) {
      fill(pond);
    }
    Map<String, Integer> expected;
    try (Pond pond = open(disk)) {
      expected = history(pond);
    }
    int failures = 0;
    int step = Harness.size(17, 1);
    for (FaultyDisk.Times times : FaultyDisk.Times.values()) {
      for (long after = harness.random(0).nextInt(step); ; after += step) {
        FaultyDisk faulty = new FaultyDisk(disk);
        try (Pond pond = open(faulty)) {
          abort(pond, 5, 6, 15);
          faulty.fail(FaultyDisk.Fault.IO_ERROR, after, times);
          pond.maintain(EnumSet.of(MaintenanceTask.VACUUM), Progress.NONE);
        } catch (IOException | JournalException e) {
          assertThat(faulty.failed()).as("%s", e).isPresent();
        }
        if (faulty.failed().isEmpty()) {
          break;
        }
        failures++;
        try (Pond pond = open(disk)) {
          String at = harness.at(faulty.failed().orElseThrow());
          assertThat(history(pond)).as(at).isEqualTo(expected);
          pond.restore(RestoreMode.VERIFY, Progress.NONE);
        }
      }
    }
    assertThat(failures).isGreaterThan(9);
    try (Pond pond = open(disk)) {
      pond.maintain();
    }
    assertThat(leftovers(disk)).isEmpty();
    harness.count("failures", failures);
    harness.report();
  }
}
