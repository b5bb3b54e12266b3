package io.duckpond.journal.commit;

import static io.duckpond.journal.commit.QueueFixture.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.simulation.PlayedThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LargeTransactionCrashTest {
  private static final Path TABLE = Path.of("/data/journal");
  private static final int LARGE = 2_000;

  private static Machine machine(SimulatedDisk disk, long seed) {
    PlayedThreads threads = new PlayedThreads(seed, Instant.parse("2024-01-01T00:00:00Z"));
    return new Machine(disk, threads.clock(), new Random(seed), threads);
  }

  @Test
  void aLargeTransactionIsThereWholeOrNotAtAllWheneverThePowerGoes() throws Exception {
    Harness harness = Harness.named("large-transaction-crashes");
    for (long cut = 0; !attempt(harness, cut); cut++) {
      harness.count("crashes", 1);
    }
    assertThat(harness.counted("crashes")).isGreaterThan(10);
    harness.report();
  }

  /** Returns whether the process went on to the end. */
  private static boolean attempt(Harness harness, long cut) throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    Machine machine = machine(disk, cut);
    Deque<Runnable> tasks = new ArrayDeque<>();
    // Neither is closed: the process ends in the middle of it.
    LogTable table = LogTable.create(machine, TABLE, Map.of());
    CommitQueue queue =
        new CommitQueue(
            table,
            new TextCodec(),
            QueueFixture.SETTINGS,
            machine.clock(),
            tasks::add,
            (delay, task) -> () -> {});
    CompletableFuture<Receipt> done = new CompletableFuture<>();
    for (int i = 0; i < LARGE; i++) {
      done = queue.join("t", LARGE, List.of(event("p" + i, 1, "e|a"))).toCompletableFuture();
    }
    disk.cutAfter(cut);
    try {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    } catch (SimulatedDisk.ProcessEnded e) {
      assertThat(disk.ended()).isTrue();
    }
    boolean ended = disk.ended();
    long expected = done.isDone() && !done.isCompletedExceptionally() ? LARGE : 0;
    SimulatedDisk left = disk.afterPowerCut(harness.random(cut));
    try (LogTable found = LogTable.open(machine(left, cut + 1), TABLE)) {
      long events = count(found, RecordKind.EVENT);
      assertThat(events).as(harness.at(cut)).isIn(expected, (long) LARGE);
      assertThat(count(found, RecordKind.ATTACHMENT)).as(harness.at(cut)).isEqualTo(events);
      harness.count("stored", events / LARGE);
    }
    return !ended;
  }

  private static long count(LogTable table, RecordKind kind) throws IOException {
    long rows = 0;
    try (RecordCursor cursor = table.head().scan(ScanRequest.of(kind))) {
      while (cursor.next()) {
        rows += cursor.record().count();
      }
    }
    return rows;
  }
}
