package io.duckpond.simulation;

import io.duckpond.Pond;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Plays scripts on a pond, ends their process at some of its operations on the disk, and has each
 * such disk recovered: in recovery, now and then, the process ends again.
 */
final class PondSimulation {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private final Harness harness;
  private final UnaryOperator<Disk> between;

  /**
   * A simulation that has played nothing.
   *
   * @param between stands between the first process and its disk
   */
  PondSimulation(Harness harness, UnaryOperator<Disk> between) {
    this.harness = harness;
    this.between = between;
  }

  /**
   * Plays one script and all that follows from its crashes.
   *
   * @param commits how many transactions are begun, about
   * @param crashes at how many of its operations the process ends; a fair sample of all
   * @throws AssertionError if anything is lost or there in part; says how to play it again
   */
  void play(long seed, int commits, int crashes) {
    SplittableRandom random = new SplittableRandom(seed);
    ModelHistory history = new ModelHistory();
    Deque<Recovery> recoveries = new ArrayDeque<>();
    for (CrashPoint point : script(history, random.nextLong(), commits, crashes)) {
      recoveries.add(new Recovery(point, history, random.nextLong()));
    }
    while (!recoveries.isEmpty()) {
      Recovery.Result result = recover(recoveries.remove(), random.nextInt(4) == 0 ? 1 : 0);
      for (CrashPoint point : result.crashes()) {
        harness.count("crashes in recovery", 1);
        recoveries.add(new Recovery(point, result.history(), random.nextLong()));
      }
    }
  }

  private List<CrashPoint> script(ModelHistory history, long seed, int commits, int crashes) {
    PlayedThreads threads = new PlayedThreads(seed, START);
    SimulatedDisk disk = new SimulatedDisk(threads.clock());
    CrashPoints points = CrashPoints.watch(disk, history, crashes, seed);
    StringBuilder log = new StringBuilder();
    try (SimulatedProcess process = new SimulatedProcess(between.apply(disk), threads, seed)) {
      Pond pond = process.create();
      history.created();
      PondScript script = new PondScript(process, pond, history, seed);
      try {
        script.run(commits);
      } finally {
        log.append(script.log());
      }
      harness.count("transactions", history.known());
      harness.count("conflicts", script.conflicts());
      harness.count("operations", disk.operations());
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(harness.at("script " + seed) + "\n" + log, e);
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
