package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Directories;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.FaultyDisk;
import io.duckpond.journal.disk.FaultyDisk.Fault;
import io.duckpond.journal.disk.FaultyDisk.Times;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.simulation.PlayedThreads;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The life of a table in one script, on a disk that fails at one operation of it: creation, small
 * and staged appends with checkpoints and merges between, refreshes, scans, another opener, the
 * lock. What each call gives is compared with what was acknowledged; while the error lasts, and
 * afterwards.
 */
final class FaultyTableRun {
  private static final Path TABLE = Path.of("/pond/table");
  private static final Path LOCK = Path.of("/pond/write.lock");
  private static final int CHECKPOINT_INTERVAL = 4;

  /** Merges every three files, and removes them at once. */
  private static final UpkeepSettings UPKEEP =
      new UpkeepSettings(Optional.of(new FramingMerger()), 3, 1 << 20, Duration.ZERO);

  /** Errors that leave alone whoever only reads. */
  private static final Set<Fault> OF_WRITES =
      EnumSet.of(Fault.NO_SPACE, Fault.READ_ONLY, Fault.SHORT_WRITE, Fault.UNSEEN_SUCCESS);

  private final Harness harness;
  private final PlayedThreads threads;
  private final SimulatedDisk simulated;
  private final FaultyDisk disk;
  private final Machine machine;
  private Optional<LogTable> table = Optional.empty();
  private Fault fault = Fault.IO_ERROR;
  private Times times = Times.ONCE;
  private boolean healed = true;
  private int looks;

  /** Transactions that were acknowledged. */
  private final Set<Long> acknowledged = new TreeSet<>();

  /** The newest transaction that was found to be stored, acknowledged or not. */
  private long newest;

  /** The transaction of which nobody knows. */
  private Optional<Long> unknown = Optional.empty();

  /** A call that may fail for the disk's reasons. */
  private interface Call<T> {
    T run() throws IOException;
  }

  FaultyTableRun(Harness harness, long seed) {
    this.harness = harness;
    this.threads = new PlayedThreads(seed, Instant.parse("2024-01-01T00:00:00Z"));
    this.simulated = new SimulatedDisk(threads.clock());
    this.disk = new FaultyDisk(simulated);
    this.machine = new Machine(disk, threads.clock(), new SplittableRandom(seed), threads);
  }

  /** Runs the script with no error and returns the disk, which has counted. */
  FaultyDisk dry() throws IOException {
    script();
    return disk;
  }

  /** Runs the script with one error; returns the operation it has hit, if it came to that. */
  Optional<String> run(Fault error, long after, Times howOften) throws IOException {
    fault = error;
    times = howOften;
    healed = false;
    disk.fail(error, after, howOften);
    script();
    Optional<String> hit = disk.failed();
    disk.heal();
    healed = true;
    recover();
    return hit;
  }

  private void script() throws IOException {
    open();
    for (int i = 0; i < CHECKPOINT_INTERVAL + 1; i++) {
      append(i % 2);
    }
    look();
    discardStaged();
    append(2);
    lockAndRelease();
    table.ifPresent(LogTable::close);
    table = Optional.empty();
    open();
    look();
    for (int i = 0; i < CHECKPOINT_INTERVAL; i++) {
      append(i % 3);
    }
    look();
  }

  /** What must hold once the cause is gone: for the same table, and for all that open it anew. */
  private void recover() throws IOException {
    open();
    settle();
    look();
    append(1);
    append(0);
    look();
    lockAndRelease();
    table.orElseThrow().close();
    table = Optional.empty();
    reopen(simulated.afterKill());
    reopen(simulated.afterPowerCut(machine.random()));
  }

  private void reopen(Disk after) throws IOException {
    try (LogTable again = LogTable.open(after, TABLE)) {
      TableVersion head = again.head();
      assertThat(head.txnSeq()).isBetween(lastAcknowledged(), newest);
      assertHolds(head);
      long next = head.txnSeq() + 1;
      assertHolds(again.append(flush(again, next, 1)));
    }
  }

  private long lastAcknowledged() {
    return acknowledged.stream().mapToLong(txn -> txn).max().orElse(0);
  }

  /** Opens the table, or makes it. */
  private void open() throws IOException {
    if (table.isEmpty()) {
      table = ask(this::openOrCreate);
    }
    settle();
  }

  private LogTable openOrCreate() throws IOException {
    Map<String, String> properties =
        Map.of(LogTable.CHECKPOINT_INTERVAL, String.valueOf(CHECKPOINT_INTERVAL));
    try {
      LogTable.create(machine, TABLE, properties).close();
    } catch (FileAlreadyExistsException e) {
      // made by the call before, which failed later
    }
    return LogTable.open(machine, TABLE, UPKEEP);
  }

  /** Appends a transaction with {@code staged} staged files; what is surely not stored, again. */
  private void append(int staged) throws IOException {
    if (table.isEmpty()) {
      return;
    }
    LogTable open = table.get();
    boolean tryAgain = true;
    while (tryAgain && unknown.isEmpty()) {
      tryAgain = false;
      long txn = newest + 1;
      try {
        Optional<Flush> flush = ask(() -> flush(open, txn, staged));
        if (flush.isPresent()) {
          assertThat(open.append(flush.get()).txnSeq()).isEqualTo(txn);
          acknowledged.add(txn);
          newest = txn;
          harness.count("acknowledged", 1);
        }
      } catch (JournalException e) {
        assertClean(e);
        if (e.outcomeUnknown()) {
          harness.count("unknown outcomes", 1);
          unknown = Optional.of(txn);
        } else {
          tryAgain = times == Times.ONCE;
        }
      }
      settle();
    }
  }

  private static Flush flush(LogTable open, long txn, int staged) throws IOException {
    List<Flush.Staged> files = new ArrayList<>();
    for (int i = 0; i < staged; i++) {
      files.add(new Flush.Staged(stage(open, txn), txn, txn * 1000));
    }
    return new Flush(
        List.of(event("p" + txn % 3, txn, txn), transaction(txn)), files, txn, txn * 1000);
  }

  private static StagedFile stage(LogTable open, long txn) throws IOException {
    try (StagedFileWriter writer = open.staged().begin()) {
      for (int i = 0; i < 3; i++) {
        writer.append(1, ("staged " + txn).getBytes(UTF_8), Set.of());
      }
      return writer.finish();
    }
  }

  /** Finds out what became of a transaction of which nobody knew, if that can be found out now. */
  private void settle() throws IOException {
    if (table.isEmpty()) {
      return;
    }
    threads.runAll();
    LogTable open = table.get();
    Optional<TableVersion> head = reading(open::refresh);
    if (head.isPresent()) {
      long found = head.get().txnSeq();
      assertThat(found).isIn(newest, unknown.orElse(newest));
      newest = found;
      unknown = Optional.empty();
    }
  }

  /** Reads everything, in one of three ways after the other. */
  private void look() throws IOException {
    settle();
    if (table.isEmpty() || unknown.isPresent()) {
      return;
    }
    TableVersion head = table.get().head();
    switch (looks++ % 3) {
      case 0 -> reading(this::assertOpensAndHolds);
      case 1 -> reading(() -> assertHolds(head));
      default -> reading(() -> assertHoldsInParallel(head));
    }
  }

  private int assertOpensAndHolds() throws IOException {
    try (LogTable other = LogTable.open(machine, TABLE)) {
      return assertHolds(other.head());
    }
  }

  private static int assertHolds(TableVersion version) throws IOException {
    assertEach(version, read(version, everything()));
    return 0;
  }

  private static int assertHoldsInParallel(TableVersion version) throws IOException {
    ConcurrentLinkedQueue<LogRecord> records = new ConcurrentLinkedQueue<>();
    version.scanParallel(everything(), Runnable::run, 2, records::add);
    assertEach(version, List.copyOf(records));
    return 0;
  }

  /** Each transaction up to the version's is there with all its records, and no other is. */
  private static void assertEach(TableVersion version, List<LogRecord> found) {
    List<LogRecord> records =
        found.stream().flatMap(record -> FramingMerger.parts(record).stream()).toList();
    List<Long> expected = LongStream.rangeClosed(1, version.txnSeq()).boxed().toList();
    for (RecordKind kind : List.of(RecordKind.EVENT, RecordKind.TRANSACTION)) {
      assertThat(records.stream().filter(record -> record.kind() == kind).map(LogRecord::txnSeq))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    records.stream()
        .filter(record -> record.kind() == RecordKind.ATTACHMENT)
        .collect(Collectors.groupingBy(LogRecord::partId))
        .values()
        .forEach(staged -> assertThat(staged).hasSize(3));
  }

  private void discardStaged() throws IOException {
    if (table.isPresent()) {
      LogTable open = table.get();
      Optional<StagedFile> staged = ask(() -> stage(open, 0));
      if (staged.isPresent()) {
        ask(
            () -> {
              assertThat(
                      open.staged()
                          .scan(staged.get(), ScanRequest.of(RecordKind.ATTACHMENT))
                          .next())
                  .isTrue();
              return 0;
            });
        try {
          open.staged().discard(staged.get());
        } catch (IOException e) {
          assertClean(e);
        }
      }
    }
  }

  private void lockAndRelease() throws IOException {
    Optional<WriteLock> lock = ask(() -> lock(machine));
    if (lock.isPresent()) {
      try {
        lock.get().close();
      } catch (IOException e) {
        assertClean(e);
      }
      lock.get().close();
    }
    if (healed) {
      WriteLock.acquire(machine, LOCK, Duration.ZERO, "another").close();
    }
  }

  private static WriteLock lock(Machine machine) throws IOException {
    Directories.createAll(machine.disk(), Path.of("/pond"));
    return WriteLock.acquire(machine, LOCK, Duration.ZERO, "test");
  }

  /**
   * Returns what a call gives. It may fail for the disk's reasons only: once, if the disk fails
   * once, and never if the error does not concern who reads.
   */
  private <T> Optional<T> ask(Call<T> call) throws IOException {
    try {
      return Optional.of(call.run());
    } catch (IOException | JournalException e) {
      assertClean(e);
    }
    if (times == Times.ONCE) {
      return Optional.of(call.run());
    }
    return Optional.empty();
  }

  /** The same, of what only reads: errors of writing leave it alone. */
  private <T> Optional<T> reading(Call<T> call) throws IOException {
    Optional<T> result = ask(call);
    assertThat(result.isPresent() || !OF_WRITES.contains(fault)).as("readable").isTrue();
    return result;
  }

  private void assertClean(Exception failure) {
    harness.count("clean errors", 1);
    if (healed || disk.failed().isEmpty()) {
      throw new AssertionError("failed though the disk did not", failure);
    }
    String message = String.valueOf(failure.getMessage());
    String reason = fault.message();
    if (!message.contains(reason) || !message.contains("/")) {
      throw new AssertionError("does not say what and where: " + message, failure);
    }
  }
}
