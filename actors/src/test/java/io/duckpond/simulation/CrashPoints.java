package io.duckpond.simulation;

import io.duckpond.journal.disk.SimulatedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Moments of a run at which its process could have ended, a fair sample of them. Nothing is ended:
 * the disk is copied as the next process would find it, and the run goes on.
 */
final class CrashPoints {
  private final RandomGenerator random;
  private final SimulatedDisk disk;
  private final ModelHistory history;
  private final int most;
  private final List<CrashPoint> chosen = new ArrayList<>();
  private long seen;

  private CrashPoints(SimulatedDisk disk, ModelHistory history, int most, long seed) {
    this.random = new SplittableRandom(seed);
    this.disk = disk;
    this.history = history;
    this.most = most;
  }

  /** Begins to watch a disk on which {@code history} is made; keeps up to {@code most} points. */
  static CrashPoints watch(SimulatedDisk disk, ModelHistory history, int most, long seed) {
    CrashPoints points = new CrashPoints(disk, history, most, seed);
    disk.beforeEach(points::before);
    return points;
  }

  /** Ends watching; returns the points in the order of the run. */
  List<CrashPoint> end() {
    disk.beforeEach((operation, path) -> {});
    return Collections.unmodifiableList(chosen);
  }

  private void before(String operation, Path path) {
    seen++;
    if (chosen.size() < most) {
      chosen.add(point(operation, path));
    } else if (random.nextLong(seen) < most) {
      chosen.remove(random.nextInt(most));
      chosen.add(point(operation, path));
    }
  }

  private CrashPoint point(String operation, Path path) {
    boolean power = random.nextInt(3) > 0;
    String where =
        (power ? "power cut" : "kill")
            + " before operation "
            + seen
            + ": "
            + operation
            + " "
            + path;
    return new CrashPoint(
        where,
        power ? disk.afterPowerCut(random) : disk.afterKill(),
        history.acknowledged(),
        history.asked());
  }
}
