package io.duckpond.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.Pond;
import io.duckpond.Transaction;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.SimulatedDisk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** That the simulation is one: what it plays depends on nothing but its seed. */
final class SimulatedProcessTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  /** What a run leaves. */
  private record Picture(List<String> operations, Map<Path, Long> files) {}

  private static Picture play(long seed) throws Exception {
    PlayedThreads threads = new PlayedThreads(seed, START);
    SimulatedDisk files = new SimulatedDisk(threads.clock());
    List<String> operations = new ArrayList<>();
    ForwardingDisk disk =
        new ForwardingDisk(files) {
          @Override
          protected void before(String operation, Path path) {
            operations.add(operation + " " + path);
          }
        };
    try (SimulatedProcess process = new SimulatedProcess(disk, threads, seed)) {
      ModelHistory history = new ModelHistory();
      Pond pond = process.create();
      history.created();
      new PondScript(process, pond, history, seed).run(20);
    }
    Map<Path, Long> found = new TreeMap<>();
    collect(files, Path.of("/"), found);
    return new Picture(operations, found);
  }

  private static void collect(Disk disk, Path directory, Map<Path, Long> found) throws Exception {
    for (DiskEntry entry : disk.list(directory)) {
      Path path = directory.resolve(entry.name());
      if (entry.kind() == DiskEntry.Kind.DIRECTORY) {
        collect(disk, path, found);
      } else {
        found.put(path, entry.size());
      }
    }
  }

  @Test
  void aSeedPlaysTheSameRunAgain() throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      Picture first = play(seed);

      System.gc(); // which the second run may not depend on
      Picture second = play(seed);

      assertThat(second.operations).isEqualTo(first.operations);
      // Within them stand two ids of Pekko's and the kernel's making, and the kernel's time.
      assertThat(second.files.keySet()).isEqualTo(first.files.keySet());
    }
  }

  @Test
  void aCloseWaitsForACommitWhoseWriterHasNotStarted() throws Exception {
    PlayedThreads threads = new PlayedThreads(1, START);
    SimulatedDisk disk = new SimulatedDisk(threads.clock());
    try (SimulatedProcess process = new SimulatedProcess(disk, threads, 1)) {
      process.create().close();
      Pond pond = process.open();
      Transaction transaction = pond.begin();
      transaction.root().createDirectory("/d");

      CompletionStage<CommitResult> first = transaction.commitAsync(CommitInfo.NONE);
      pond.close();
      threads.runAll();

      assertThat(first.toCompletableFuture())
          .isCompletedWithValueMatching(result -> result.txnSeq() == 2);
      Pond again = process.open();
      assertThat(again.view().root().exists("/d")).isTrue();
      again.close();
    }
  }
}
