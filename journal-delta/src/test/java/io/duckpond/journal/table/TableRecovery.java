package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.read;

import io.duckpond.harness.Harness;
import io.duckpond.journal.check.CheckDepth;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.check.TableReport;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.journal.table.SimulationFailure.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** What the next process does after a crash, and what it must find. */
final class TableRecovery {
  static final Path TABLE = Path.of("/pond/data/oplog");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC);

  /** Crashes in a row. */
  private static final int DEPTH = 3;

  private static final int CLOSE_ONE_IN = 12;
  private static final int CHECK_ONE_IN = 16;

  private final Harness harness;
  private final RandomGenerator random;

  TableRecovery(Harness harness, RandomGenerator random) {
    this.harness = harness;
    this.random = random;
  }

  /**
   * Merges soon and often, from memory or from the disk; removes what was merged at once, or not
   * for an hour.
   */
  static UpkeepSettings settings(RandomGenerator random) {
    return new UpkeepSettings(
            Optional.of(new FramingMerger()),
            random.nextInt(8) == 0 ? 0 : 2 + random.nextInt(2),
            1 + random.nextInt(20_000),
            random.nextInt(4) == 0 ? Duration.ofHours(1) : Duration.ZERO)
        .remembering(random.nextInt(3) == 0 ? 1 << 20 : 0);
  }

  /** A millisecond has gone by whenever it is looked at, so that work takes time. */
  private static Clock ticking() {
    AtomicLong looks = new AtomicLong();
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return CLOCK.instant().plusMillis(looks.incrementAndGet());
      }
    };
  }

  static Machine machine(SimulatedDisk disk, RandomGenerator random, Machine.Threads threads) {
    return new Machine(disk, ticking(), new Random(random.nextLong()), threads);
  }

  /** Crashes here, and looks at what is left. */
  void crash(SimulatedDisk disk, TableModel model) throws IOException {
    crash(disk, model, 1);
  }

  private void crash(SimulatedDisk disk, TableModel model, int depth) throws IOException {
    harness.count("crash points", 1);
    if (depth > 1) {
      harness.count("crashes while recovering", 1);
    }
    boolean cut = random.nextInt(4) > 0;
    harness.count(cut ? "power cuts" : "kills", 1);
    recover(cut ? disk.afterPowerCut(random) : disk.afterKill(), model.copy(), depth);
  }

  private void recover(SimulatedDisk disk, TableModel model, int depth) throws IOException {
    if (depth < DEPTH && random.nextInt(12) == 0) {
      crashOnceMore(disk, model, depth);
    }
    LaterThreads threads = new LaterThreads();
    Machine machine = machine(disk, random, threads);
    try {
      LogTable table = openOrCreate(machine, model);
      TableVersion head = table.head();
      model.settle(head.txnSeq(), read(head, everything()));
      append(table, model);
      if (random.nextInt(CLOSE_ONE_IN) == 0) {
        table.close(); // which writes the checkpoint that waits; else the process just ends
      }
    } catch (DamageException | JournalException e) {
      throw new SimulationFailure(Kind.UNREADABLE, e.toString(), e);
    }
    if (random.nextInt(CHECK_ONE_IN) == 0) {
      check(machine, model);
    }
  }

  private void crashOnceMore(SimulatedDisk disk, TableModel model, int depth) {
    long[] left = {random.nextInt(20)};
    disk.beforeEach(
        (operation, path) -> {
          if (left[0]-- == 0) {
            try {
              crash(disk, model, depth + 1);
            } catch (IOException e) {
              throw new SimulationFailure(Kind.UNREADABLE, e.toString(), e);
            }
          }
        });
  }

  private LogTable openOrCreate(Machine machine, TableModel model) throws IOException {
    try {
      return LogTable.open(machine, TABLE, settings(random));
    } catch (NoSuchFileException e) {
      if (model.isCreated()) {
        throw new SimulationFailure(Kind.LOST, "the table", e);
      }
      LogTable table = LogTable.create(machine, TABLE, Map.of());
      model.tableCreated();
      return table;
    }
  }

  private void append(LogTable table, TableModel model) throws IOException {
    RandomFlushes.Made made = new RandomFlushes(random).next(table, model.lastTxnSeq());
    model.attempt(made.expected());
    table.append(made.flush());
    model.acknowledge();
  }

  private void check(Machine machine, TableModel model) throws IOException {
    harness.count("tables checked", 1);
    try (LogTable table = LogTable.open(machine, TABLE)) {
      model.settle(table.head().txnSeq(), read(table.head(), everything()));
    }
    TableReport report =
        new TableCheck(machine, TABLE).depth(CheckDepth.EVERY_BYTE).run(Runnable::run, 1);
    report.findings().stream()
        .filter(finding -> finding.damage())
        .findFirst()
        .ifPresent(
            finding -> {
              throw new SimulationFailure(Kind.UNREADABLE, finding.toString());
            });
  }
}
