package io.duckpond.journal.commit;

import static io.duckpond.journal.commit.QueueFixture.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.journal.table.LogTable;
import io.duckpond.simulation.PlayedThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Small trials of when a queue answers. Each takes the seed of all that is random in it, and ends
 * in an {@link AssertionError} if an answer is not true.
 */
final class CommitTrials {
  private static final Path TABLE = Path.of("/pond/data/oplog");
  private static final int TRANSACTIONS = 5;

  private CommitTrials() {}

  /** The power goes in the very moment of a receipt: what was received is there. */
  static void powerCutAtTheReceipt(long seed) throws IOException {
    Random random = new Random(seed);
    PlayedThreads threads = new PlayedThreads(seed, Instant.parse("2024-01-01T00:00:00Z"));
    SimulatedDisk disk = new SimulatedDisk(threads.clock());
    Machine machine = new Machine(disk, threads.clock(), new Random(seed), threads);
    Deque<Runnable> tasks = new ArrayDeque<>();
    try (LogTable table = LogTable.create(machine, TABLE, Map.of());
        CommitQueue queue =
            new CommitQueue(
                table,
                new TextCodec(),
                QueueFixture.SETTINGS,
                threads.clock(),
                tasks::add,
                (delay, task) -> () -> {})) {
      for (int i = 1; i <= TRANSACTIONS; i++) {
        CompletableFuture<Void> cut =
            queue
                .submit(List.of(event("p", i, "e" + i)))
                .thenAccept(receipt -> assertStored(disk.afterPowerCut(random), receipt, seed))
                .toCompletableFuture();
        while (!tasks.isEmpty()) {
          tasks.remove().run();
        }
        cut.join();
      }
    }
  }

  private static void assertStored(SimulatedDisk left, Receipt receipt, long seed) {
    PlayedThreads threads = new PlayedThreads(seed, Instant.parse("2024-01-01T00:00:00Z"));
    Machine machine = new Machine(left, threads.clock(), new Random(seed), threads);
    try (LogTable table = LogTable.open(machine, TABLE)) {
      assertThat(table.head().txnSeq()).isGreaterThanOrEqualTo(receipt.txnSeq());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
