package io.duckpond.simulation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.CheckMode;
import io.duckpond.CheckReport;
import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondCheck;
import io.duckpond.PondSettings;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;

/** A process with a pond, on a machine of which everything but the disk comes from a seed. */
public final class SimulatedProcess implements AutoCloseable {
  static final int INLINE_LIMIT = 100;
  static final Path POND = Path.of("/pond");

  /** So little that a few files meet every limit. */
  private static final String SETTINGS =
      String.join(
          "\n",
          "pond.content.inline-limit = " + INLINE_LIMIT,
          "pond.transaction.staging-threshold = 120",
          "pond.log.checkpoint-interval = 3",
          "pond.directory.actor-limit = 3",
          "pond.lock.command = simulation");

  private static final Config LOADED = ConfigFactory.load();

  private final PlayedThreads threads;
  private final DrivenPekko pekko;
  private final Machine machine;
  private final PondSettings settings;

  SimulatedProcess(Disk disk, PlayedThreads threads, long seed) {
    this(disk, threads, threads.clock(), seed, "");
  }

  /** A process whose clock is another than its threads', and some of whose settings are. */
  public SimulatedProcess(Disk disk, PlayedThreads threads, Clock clock, long seed, String other) {
    this.threads = threads;
    this.pekko = new DrivenPekko(threads);
    this.machine = new Machine(disk, clock, new SplittableRandom(seed), threads);
    this.settings =
        PondSettings.from(
            ConfigFactory.parseString(other)
                .withFallback(ConfigFactory.parseString(SETTINGS))
                .withFallback(pekko.config().atPath("pond.system"))
                .withFallback(LOADED));
  }

  PlayedThreads threads() {
    return threads;
  }

  public Pond create() throws IOException {
    return Pond.create(machine, POND, settings, new CommitInfo("init", "", ""));
  }

  public Pond open() throws IOException {
    return Pond.open(machine, POND, settings);
  }

  public CheckReport check() throws IOException {
    return PondCheck.run(machine, POND, CheckMode.DEEP, (what, done, bytes) -> {});
  }

  /** Ends the process; whatever its threads threw that nobody was told of is a failure. */
  @Override
  public void close() {
    threads.runAll();
    pekko.close();
    List<Throwable> uncaught = threads.uncaught();
    if (!uncaught.isEmpty()) {
      throw new AssertionError("a thread ended by " + uncaught.get(0), uncaught.get(0));
    }
  }
}
