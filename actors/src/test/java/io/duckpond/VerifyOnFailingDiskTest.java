package io.duckpond;

import static io.duckpond.CollectionScene.FOLDER;
import static io.duckpond.CollectionScene.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.FaultyDisk;
import io.duckpond.journal.disk.FaultyDisk.Fault;
import io.duckpond.journal.disk.FaultyDisk.Times;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A disk that refuses to be read is what a verification speaks of, and no damage. */
final class VerifyOnFailingDiskTest {
  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void whateverCannotBeReadIsAFailureThatNamesItAndNotDamage() throws Exception {
    try (Pond pond = CollectionScene.create(disk)) {
      CollectionScene.fill(pond);
    }
    int stride = Harness.size(5, 1);
    int failures = 0;
    for (Fault fault : new Fault[] {Fault.IO_ERROR, Fault.NO_DESCRIPTORS}) {
      boolean hit = true;
      for (long after = 0; hit; after += stride) {
        FaultyDisk faulty = new FaultyDisk(disk);
        try (Pond pond = Pond.open(Machine.with(faulty), FOLDER, SETTINGS)) {
          faulty.fail(fault, after, Times.ONCE);
          pond.restore(RestoreMode.VERIFY, Progress.NONE);
        } catch (IOException | JournalException e) {
          Failures.Failure told = Failures.classify(e);
          assertThat(told.kind()).as("%s", told).isEqualTo(Failures.Kind.FAILURE);
          assertThat(told.line()).contains(FOLDER.toString(), fault.message());
          failures++;
        }
        hit = faulty.failed().isPresent();
      }
    }
    assertThat(failures).isGreaterThan(50 / stride);
  }
}
