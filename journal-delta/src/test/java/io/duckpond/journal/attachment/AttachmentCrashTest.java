package io.duckpond.journal.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.commit.Receipt;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.simulation.PlayedThreads;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AttachmentCrashTest {
  private static final Path TABLE = Path.of("/data/journal");

  private static Machine machine(SimulatedDisk disk, long seed) {
    PlayedThreads threads = new PlayedThreads(seed, Instant.parse("2024-01-01T00:00:00Z"));
    return new Machine(disk, threads.clock(), new Random(seed), threads);
  }

  @Test
  void anEventIsThereWithAllThatIsAttachedOrNotAtAll() throws Exception {
    Harness harness = Harness.named("attachment-crashes");
    for (long cut = 0; !attempt(harness, cut); cut++) {
      harness.count("crashes", 1);
    }
    assertThat(harness.counted("crashes")).isGreaterThan(5);
    harness.report();
  }

  /** Returns whether the process went on to the end. */
  private static boolean attempt(Harness harness, long cut) throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    byte[] bytes = new byte[1_200_000];
    harness.random(cut).nextBytes(bytes);
    // Not closed: the process ends in the middle of it.
    AttachedTable dying = new AttachedTable(machine(disk, cut), TABLE);
    dying.store("p", 1, "before");
    disk.cutAfter(cut);
    CompletableFuture<Receipt> done =
        dying.submit("p", 2, Attached.to("after", Attachment.of(bytes))).toCompletableFuture();
    try {
      dying.flush();
    } catch (SimulatedDisk.ProcessEnded e) {
      assertThat(disk.ended()).isTrue();
    }
    boolean stored = done.isDone() && !done.isCompletedExceptionally();
    boolean ended = disk.ended();
    SimulatedDisk left = disk.afterPowerCut(harness.random(cut));
    try (AttachedTable table = new AttachedTable(machine(left, cut + 1), TABLE)) {
      List<Object> events = table.events("p");
      assertThat(events.get(0)).isEqualTo("before");
      if (stored) {
        assertThat(events).as(harness.at(cut)).hasSize(2);
      }
      if (events.size() == 2) {
        Attachment attachment = ((Attached<?>) events.get(1)).attachments().get(0);
        assertThat(AttachedTable.bytes(attachment)).as(harness.at(cut)).isEqualTo(bytes);
        harness.count("stored", 1);
      }
    }
    return !ended;
  }
}
