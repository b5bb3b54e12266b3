package io.duckpond.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.Pond;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The whole product against a plain model: random scripts on a pond whose process ends at any of
 * its operations on the disk, in recovery too.
 */
final class PondSimulationTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int CRASHES_PER_SCRIPT = 12;

  private final Harness harness = Harness.named("actors-simulation");

  @Test
  void whatWasAcknowledgedIsThereAfterEveryCrashAndNothingIsThereInPart() throws Exception {
    int wanted = Harness.size(200, 5_000);
    long round = 0;
    while (harness.counted("crash points") < wanted) {
      play(harness.seed() + round++);
    }

    harness.report();
    assertThat(harness.counted("crash points")).isGreaterThanOrEqualTo(wanted);
  }

  private void play(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Deque<Recovery> recoveries = new ArrayDeque<>();
    ModelHistory history = new ModelHistory();
    for (CrashPoint point : script(history, random)) {
      recoveries.add(new Recovery(point, history, random.nextLong()));
    }
    boolean deeper = true;
    while (!recoveries.isEmpty()) {
      Recovery recovery = recoveries.remove();
      Recovery.Result result = recover(recovery, deeper ? 1 : 0);
      for (CrashPoint point : result.crashes()) {
        recoveries.add(new Recovery(point, result.history(), random.nextLong()));
      }
      deeper = random.nextInt(4) == 0;
    }
  }

  private List<CrashPoint> script(ModelHistory history, SplittableRandom random) {
    long seed = random.nextLong();
    PlayedThreads threads = new PlayedThreads(seed, START);
    SimulatedDisk disk = new SimulatedDisk(threads.clock());
    CrashPoints points = CrashPoints.watch(disk, history, CRASHES_PER_SCRIPT, seed);
    StringBuilder log = new StringBuilder();
    try (SimulatedProcess process = new SimulatedProcess(disk, threads, seed)) {
      Pond pond = process.create();
      history.created();
      PondScript script = new PondScript(process, pond, history, seed);
      try {
        script.run(8);
      } finally {
        log.append(script.log());
      }
      harness.count("transactions", history.known());
      harness.count("conflicts", script.conflicts());
      harness.count("operations", disk.operations());
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(harness.at("script") + "\n" + log, e);
    }
    return points.end();
  }

  private Recovery.Result recover(Recovery recovery, int crashes) {
    harness.count("crash points", 1);
    try {
      return recovery.run(2, crashes);
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(
          harness.at("crash point " + harness.counted("crash points")) + "\n" + recovery.log(), e);
    }
  }
}
