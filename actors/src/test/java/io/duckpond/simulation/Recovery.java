package io.duckpond.simulation;

import io.duckpond.CheckReport;
import io.duckpond.Pond;
import io.duckpond.RestoreMode;
import io.duckpond.RestoreReport;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.restore.ContentRoot;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The process after a crash: it opens the pond, compares everything in it with what the model says
 * was acknowledged, and goes on changing it.
 */
final class Recovery {
  private final CrashPoint point;
  private final ModelHistory whole;
  private final long seed;
  private final RandomGenerator random;
  private String log = "";

  /**
   * A recovery that has not begun.
   *
   * @param whole what happened in the run that the crash is a moment of, to its end
   */
  Recovery(CrashPoint point, ModelHistory whole, long seed) {
    this.point = point;
    this.whole = whole;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /**
   * What a recovery found, and what it left.
   *
   * @param crashes moments of the recovery itself at which it could have ended as well
   */
  record Result(SimulatedDisk disk, ModelHistory history, List<CrashPoint> crashes) {}

  /** Returns what was done after the crash. */
  String log() {
    return point.where() + "\n" + log;
  }

  /**
   * Recovers, and goes on with about {@code commits} transactions.
   *
   * @param crashes how many moments of the recovery to keep at most
   * @throws AssertionError if something acknowledged is lost, or something is there in part
   */
  Result run(int commits, int crashes) throws IOException {
    SimulatedDisk disk = point.disk();
    List<Instant> clocks = PondScript.CLOCKS;
    PlayedThreads threads = new PlayedThreads(seed, clocks.get(random.nextInt(clocks.size())));
    try (SimulatedProcess process = new SimulatedProcess(disk, threads, seed)) {
      ModelHistory history = whole.acknowledged(point.acknowledged());
      CrashPoints watch = CrashPoints.watch(disk, history, crashes, seed);
      Pond pond = open(process, history);
      check(pond, history, checkFiles(process));
      PondScript script = new PondScript(process, pond, history, seed);
      try {
        script.run(commits);
      } finally {
        log = script.log();
      }
      List<CrashPoint> points = watch.end();
      checkFiles(process);
      try (Pond again = process.open()) {
        ModelComparison.require(
            again.view().root(), history.at(history.known()), "reopened after the recovery");
      }
      return new Result(disk, history, points);
    }
  }

  /** Before the first transaction there is no pond: then it is made, or its making taken up. */
  private Pond open(SimulatedProcess process, ModelHistory history) throws IOException {
    try {
      Pond pond = process.open();
      adopt(pond.view().txnSeq(), history);
      return pond;
    } catch (NoSuchFileException none) {
      if (point.acknowledged() > 0) {
        throw new AssertionError("lost: the pond", none);
      }
      Pond pond = process.create();
      history.created();
      return pond;
    }
  }

  /** What was in flight may have become durable, each transaction wholly, in the order of all. */
  private void adopt(long found, ModelHistory history) {
    if (found < point.acknowledged()) {
      throw new AssertionError(
          "lost: transaction " + point.acknowledged() + " was acknowledged, the last is " + found);
    }
    if (found > Math.min(whole.known(), point.acknowledged() + point.asked())) {
      throw new AssertionError("transaction " + found + " was not asked for yet");
    }
    history.found(whole, found);
  }

  /** What a crash leaves behind is no damage. */
  private static CheckReport checkFiles(SimulatedProcess process) throws IOException {
    CheckReport report = process.check();
    if (report.damaged()) {
      throw new AssertionError("damage: " + report.findings());
    }
    return report;
  }

  private void check(Pond pond, ModelHistory history, CheckReport report) throws IOException {
    long newest = history.known();
    if (report.txnSeq() != newest) {
      throw new AssertionError("the check saw " + report.txnSeq() + ", the pond is at " + newest);
    }
    ModelComparison.require(pond.view().root(), history.at(newest), "partial: at " + newest);
    for (int i = 0; i < 2; i++) {
      long earlier = 1 + random.nextLong(newest);
      ModelComparison.require(
          pond.asOf(earlier).root(), history.at(earlier), "the past: at " + earlier);
    }
    RestoreReport restored = pond.restore(RestoreMode.VERIFY, (what, done, bytes) -> {});
    Sha256 root = ContentRoot.of(pond.view().tree());
    if (!restored.contentRoot().equals(root)) {
      throw new AssertionError("restore found another tree than is read");
    }
    if (!report.contentRoot().equals(Optional.of(root))) {
      throw new AssertionError("the check found another tree than is read");
    }
    ModelComparison.require(pond.view().root(), history.at(newest), "restored at " + newest);
  }
}
