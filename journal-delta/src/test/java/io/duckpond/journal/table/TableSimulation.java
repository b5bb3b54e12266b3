package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.TableRecovery.TABLE;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.journal.table.SimulationFailure.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * One random life of a table, crashed before each of its operations. The table itself never
 * notices: what a crash leaves is a copy of its disk, on which a next process recovers. Writers may
 * come in between at any operation, too.
 */
final class TableSimulation {
  private static final int MOST_STEPS = 16;

  private final RandomGenerator random;
  private final TableRecovery recovery;
  private final Harness harness;
  private final SimulatedDisk disk = new SimulatedDisk(TableRecovery.CLOCK);
  private final LaterThreads threads = new LaterThreads();
  private final Machine machine;
  private final RandomFlushes flushes;
  private final TableModel model = new TableModel();
  private final List<String> operations = new ArrayList<>();
  private boolean crashing = true;
  private boolean watched;
  private boolean raced;

  /** Kept, as a task of the table's may swallow it. */
  private Optional<SimulationFailure> failure = Optional.empty();

  TableSimulation(Harness harness, long seed) {
    this.harness = harness;
    this.random = new Random(seed);
    this.recovery = new TableRecovery(harness, new Random(random.nextLong()));
    this.machine = TableRecovery.machine(disk, random, threads);
    this.flushes = new RandomFlushes(new Random(random.nextLong()));
  }

  /** Runs scripts until tables have crashed that often; returns how often they have. */
  static long crash(long seed, int crashPoints) throws IOException {
    Harness harness = Harness.named("table-simulation");
    for (int script = 0; harness.counted("crash points") < crashPoints; script++) {
      new TableSimulation(harness, seed + script).run();
    }
    return harness.counted("crash points");
  }

  /** Lives through it without a crash. */
  void runUncrashed() throws IOException {
    crashing = false;
    run();
  }

  /** Lives through it; an {@link AssertionError} says after which operations what went wrong. */
  void run() throws IOException {
    disk.beforeEach(this::before);
    watched = true;
    try {
      live();
      if (failure.isPresent()) {
        throw failure.get();
      }
    } catch (SimulationFailure | RuntimeException | IOException e) {
      throw new AssertionError(
          e.getMessage() + ", crashed before operation " + disk.operations() + ": " + tail(), e);
    }
    harness.count("scripts", 1);
    harness.count("operations", disk.operations());
  }

  private String tail() {
    int size = operations.size();
    return String.join(", ", operations.subList(Math.max(0, size - 12), size));
  }

  /** Returns every operation that has changed or synced something, in order. */
  List<String> operations() {
    return List.copyOf(operations);
  }

  private void before(String operation, Path path) {
    operations.add(operation + " " + path);
    String name = String.valueOf(path.getFileName());
    if (operation.equals("link") && name.startsWith("merged-")) {
      harness.count("merged files", 1);
    } else if (operation.equals("delete") && name.endsWith(".parquet")) {
      harness.count("data files removed", 1);
    }
    if (!watched) {
      return;
    }
    watched = false;
    try {
      if (crashing) {
        recovery.crash(disk, model);
      }
      if (model.isCreated() && random.nextInt(150) == 0) {
        appendAsAnother();
      }
    } catch (IOException e) {
      failure = Optional.of(new SimulationFailure(Kind.UNREADABLE, e.toString(), e));
      throw failure.get();
    } catch (SimulationFailure e) {
      failure = Optional.of(e);
      throw e;
    } finally {
      watched = failure.isEmpty();
    }
  }

  private void live() throws IOException {
    String interval = String.valueOf(2 + random.nextInt(8));
    LogTable.create(machine, TABLE, Map.of(LogTable.CHECKPOINT_INTERVAL, interval)).close();
    model.tableCreated();
    LogTable table = open();
    int steps = 2 + random.nextInt(MOST_STEPS - 2);
    for (int step = 0; step < steps; step++) {
      switch (random.nextInt(10)) {
        case 0 -> {
          table.close();
          table = open();
        }
        case 1 -> model.settle(table.refresh().txnSeq(), read(table.head(), everything()));
        case 2 -> table.staged().begin().close();
        case 3, 5, 6 -> threads.run();
        case 4 -> {
          if (!raced) {
            table.maintain();
          }
        }
        default -> {
          if (!append(table)) {
            table.close();
            table = open();
          }
        }
      }
    }
    table.close();
    model.settle(LogTable.open(machine, TABLE).head().txnSeq(), everythingOnDisk());
  }

  private LogTable open() throws IOException {
    return LogTable.open(machine, TABLE, TableRecovery.settings(random));
  }

  private List<LogRecord> everythingOnDisk() throws IOException {
    try (LogTable table = LogTable.open(machine, TABLE)) {
      return read(table.head(), everything());
    }
  }

  /** Appends, unless another writer was faster; returns whether it was stored. */
  private boolean append(LogTable table) throws IOException {
    RandomFlushes.Made made = flushes.next(table, table.head().txnSeq());
    boolean behind = raced;
    model.attempt(made.expected());
    try {
      table.append(made.flush());
    } catch (JournalException e) {
      if (!raced || e.outcomeUnknown() || model.isAcknowledged(made.expected())) {
        throw new SimulationFailure(Kind.UNREADABLE, "refused: " + e.getMessage(), e);
      }
      harness.count("appends fenced", 1);
      raced = false;
      if (model.isPossible(made.expected())) {
        model.refuse();
      }
      return false;
    }
    if (model.isPossible(made.expected())) {
      model.acknowledge();
    } else if (!model.isAcknowledged(made.expected())) {
      throw new SimulationFailure(Kind.LOST, "two writers have made one version");
    }
    raced = raced && !behind;
    return true;
  }

  /** Another process appends in the middle of whatever this one does. */
  private void appendAsAnother() throws IOException {
    SimulatedDisk theirs = disk.anotherProcess();
    LaterThreads later = new LaterThreads();
    try (LogTable other =
        LogTable.open(
            TableRecovery.machine(theirs, random, later), TABLE, TableRecovery.settings(random))) {
      model.settle(other.head().txnSeq(), read(other.head(), everything()));
      RandomFlushes.Made made = flushes.next(other, model.lastTxnSeq());
      model.attempt(made.expected());
      other.append(made.flush());
      model.acknowledge();
      raced = true;
      harness.count("writers in between", 1);
    }
  }
}
