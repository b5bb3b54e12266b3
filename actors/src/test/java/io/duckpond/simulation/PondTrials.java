package io.duckpond.simulation;

import static io.duckpond.journal.disk.FaultyDisk.Fault.NO_SPACE;
import static io.duckpond.journal.disk.FaultyDisk.Times.FOR_EVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.Transaction;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.FaultyDisk;
import io.duckpond.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Small trials of what a pond shows and keeps. Each takes the seed of all that is random in it, and
 * ends in an {@link AssertionError} if the pond shows too much or keeps too little.
 */
final class PondTrials {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private PondTrials() {}

  /** Crashes at operations of scripts with large contents: nothing acknowledged is lost. */
  static void crashes(long seed) {
    PondSimulation simulation =
        new PondSimulation(Harness.named("actors-mutants"), UnaryOperator.identity());
    for (long round = 0; round < 40; round++) {
      simulation.play(seed + round, 6, 8);
    }
  }

  /** A view goes on to show what it showed, whatever is committed after it was taken. */
  static void pinnedView(long seed) throws IOException {
    PlayedThreads threads = new PlayedThreads(seed, START);
    SimulatedDisk disk = new SimulatedDisk(threads.clock());
    try (SimulatedProcess process = new SimulatedProcess(disk, threads, seed);
        Pond pond = process.create()) {
      commit(pond, "/d");
      commit(pond, "/d/a");
      PondView view = pond.view();

      commit(pond, "/d/b");

      assertThat(PondPicture.of(view.root())).containsOnlyKeys("/d", "/d/a");
      assertThat(PondPicture.of(pond.view().root())).containsOnlyKeys("/d", "/d/a", "/d/b");
    }
  }

  /** What a full disk kept from being stored is shown to nobody. */
  static void failedCommit(long seed) throws IOException {
    PlayedThreads threads = new PlayedThreads(seed, START);
    FaultyDisk disk = new FaultyDisk(new SimulatedDisk(threads.clock()));
    try (SimulatedProcess process = new SimulatedProcess(disk, threads, seed);
        Pond pond = process.create()) {
      commit(pond, "/d");
      disk.fail(NO_SPACE, 0, FOR_EVER);
      try (Transaction transaction = pond.begin()) {
        transaction.root().createDirectory("/d/a");
        CompletableFuture<?> answer =
            transaction.commitAsync(CommitInfo.NONE).toCompletableFuture();
        threads.runAll();
        assertThat(answer).isCompletedExceptionally();
      }
      disk.heal();

      assertThat(PondPicture.of(pond.view().root())).containsOnlyKeys("/d");
    }
  }

  private static void commit(Pond pond, String directory) throws IOException {
    try (Transaction transaction = pond.begin()) {
      transaction.root().createDirectory(directory);
      transaction.commit();
    }
  }
}
