package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static io.duckpond.journal.table.TableRecovery.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.FaultyDisk;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/**
 * Small trials of what a table answers when an operation fails below it. Each takes the seed of all
 * that is random in it, and ends in an {@link AssertionError} if an answer is not true.
 */
final class FaultTrials {
  private static final int CRASH_POINTS = 1_500;
  private static final int APPENDS = 3;
  private static final int CUTS = 8;

  private FaultTrials() {}

  /** Random lives of tables, crashed before each of their operations. */
  static void crashes(long seed) throws IOException {
    TableSimulation.crash(seed, CRASH_POINTS);
  }

  /** What takes the place of merged files holds what they held, or nothing takes it. */
  static void damagedMerge(long seed) throws IOException {
    SimulatedDisk disk = new SimulatedDisk(TableRecovery.CLOCK);
    LogTable.create(machine(disk, seed), TABLE, Map.of()).close();
    RecordMerger forgetful =
        new RecordMerger() {
          private final RecordMerger right = new FramingMerger();

          @Override
          public Optional<byte[]> merge(List<LogRecord> records) {
            return right.merge(records.subList(1, records.size()));
          }

          @Override
          public Sha256 digest(LogRecord record) {
            return right.digest(record);
          }
        };
    UpkeepSettings settings =
        new UpkeepSettings(Optional.of(forgetful), 0, 1 << 20, Duration.ofHours(1));
    try (LogTable table = LogTable.open(machine(disk, seed), TABLE, settings)) {
      for (int txn = 1; txn <= 3; txn++) {
        table.append(flush(txn, event("p", txn, txn)));
      }
      CompletionStage<TableVersion> maintained = table.maintain();
      table.settle();
      assertThat(maintained.toCompletableFuture()).isCompletedExceptionally();
      assertThat(
              read(table.head(), everything()).stream()
                  .flatMap(record -> FramingMerger.parts(record).stream()))
          .hasSize(3);
    }
  }

  /**
   * A writer that was stopped while it merged finds that another has taken over and tidied up: it
   * must not list what is gone, nor remove what is listed.
   */
  static void mergeBesideASuccessor(long seed) throws IOException {
    UpkeepSettings settings =
        new UpkeepSettings(Optional.of(new FramingMerger()), 0, 1 << 20, Duration.ZERO);
    boolean reached = true;
    for (int stop = 0; reached; stop++) {
      SimulatedDisk disk = new SimulatedDisk(TableRecovery.CLOCK);
      LogTable.create(machine(disk, seed), TABLE, Map.of()).close();
      try (LogTable first = LogTable.open(machine(disk, seed), TABLE, settings)) {
        for (int txn = 1; txn <= 3; txn++) {
          first.append(flush(txn, event("p", txn, txn)));
        }
        int[] left = {stop};
        boolean[] taken = {false};
        disk.beforeEach(
            (operation, path) -> {
              if (left[0]-- == 0) {
                taken[0] = true;
                successor(disk.anotherProcess(), seed, settings);
                if (String.valueOf(path.getFileName()).startsWith(".staged-")) {
                  refresh(first); // as somebody may who reads meanwhile
                }
              }
            });
        first.maintain();
        first.settle();
        disk.beforeEach((operation, path) -> {});
        reached = taken[0];
      }
      try (LogTable after = LogTable.open(machine(disk, seed), TABLE)) {
        List<LogRecord> records = new ArrayList<>();
        read(after.head(), everything())
            .forEach(record -> records.addAll(FramingMerger.parts(record)));
        assertThat(records)
            .as("stopped before operation " + stop)
            .extracting(LogRecord::version)
            .containsExactlyElementsOf(reached ? List.of(1L, 2L, 3L, 4L, 5L) : List.of(1L, 2L, 3L));
      }
    }
  }

  private static void refresh(LogTable table) {
    try {
      table.refresh();
    } catch (IOException e) {
      throw new AssertionError("cannot be read: " + e, e);
    }
  }

  /** Whatever a power cut leaves of a merge, the events are there. */
  static void mergeAndPowerCut(long seed) throws IOException {
    UpkeepSettings settings =
        new UpkeepSettings(Optional.of(new FramingMerger()), 0, 1 << 20, Duration.ZERO);
    SimulatedDisk disk = new SimulatedDisk(TableRecovery.CLOCK);
    LogTable.create(machine(disk, seed), TABLE, Map.of()).close();
    try (LogTable table = LogTable.open(machine(disk, seed), TABLE, settings)) {
      for (int txn = 1; txn <= 3; txn++) {
        table.append(flush(txn, event("p", txn, txn)));
      }
      table.maintain();
      table.settle();
      Random random = new Random(seed);
      for (int cut = 0; cut < CUTS; cut++) {
        try (LogTable left = LogTable.open(machine(disk.afterPowerCut(random), seed), TABLE)) {
          assertThat(
                  read(left.head(), everything()).stream()
                      .flatMap(record -> FramingMerger.parts(record).stream()))
              .hasSize(3);
        } catch (DamageException | IOException e) {
          throw new AssertionError("lost with the power: " + e, e);
        }
      }
    }
  }

  private static void successor(SimulatedDisk disk, long seed, UpkeepSettings settings) {
    try (LogTable second = LogTable.open(machine(disk, seed + 1), TABLE, settings)) {
      second.append(flush(4, event("p", 4, 4)));
      second.maintain();
      second.settle();
      second.append(flush(5, event("p", 5, 5)));
    } catch (IOException e) {
      throw new AssertionError("the successor cannot work: " + e, e);
    }
  }

  /** Whatever is done and then said to have failed: what is surely not stored is not there. */
  static void unseenSuccess(long seed) throws IOException {
    boolean failed = true;
    for (long k = 0; failed; k++) {
      SimulatedDisk disk = new SimulatedDisk(TableRecovery.CLOCK);
      FaultyDisk faulty = new FaultyDisk(disk);
      LogTable table = LogTable.create(machine(faulty, seed), TABLE, Map.of());
      table.append(flush(1, event("p", 1, 1), transaction(1)));
      faulty.fail(FaultyDisk.Fault.UNSEEN_SUCCESS, k, FaultyDisk.Times.ONCE);

      boolean stored = false;
      boolean known = true;
      try {
        table.append(flush(2, event("p", 2, 2), transaction(2)));
        stored = true;
      } catch (JournalException e) {
        known = !e.outcomeUnknown();
      }

      failed = faulty.failed().isPresent();
      try (LogTable again = LogTable.open(machine(disk, seed), TABLE)) {
        if (known) {
          assertThat(again.head().txnSeq())
              .as(faulty.failed().toString())
              .isEqualTo(stored ? 2 : 1);
        }
      }
    }
  }

  /** After a sync that fails, what is acknowledged outlives a power cut all the same. */
  static void failedSync(long seed) throws IOException {
    Random random = new Random(seed);
    boolean failed = true;
    for (int k = 0; failed; k++) {
      SimulatedDisk disk = new SimulatedDisk(TableRecovery.CLOCK);
      ForgettingDisk forgetting = new ForgettingDisk(disk);
      LogTable table = LogTable.create(machine(forgetting, seed), TABLE, Map.of());
      forgetting.failSync(k);

      long acknowledged = 0;
      for (int i = 0; i < APPENDS; i++) {
        long txn = table.refresh().txnSeq() + 1;
        try {
          table.append(flush(txn, event("p", txn, txn), transaction(txn)));
          acknowledged = txn;
        } catch (JournalException e) {
          assertThat(e).hasMessageContaining(ForgettingDisk.REASON);
        }
      }

      failed = forgetting.failed();
      for (int cut = 0; cut < CUTS; cut++) {
        SimulatedDisk left = disk.afterPowerCut(random);
        try (LogTable again = LogTable.open(machine(left, seed), TABLE)) {
          assertThat(again.head().txnSeq()).isGreaterThanOrEqualTo(acknowledged);
          assertThat(read(again.head(), everything()))
              .hasSize(2 * Math.toIntExact(again.head().txnSeq()));
        }
      }
    }
  }

  /** Of two writers that make the same version one is refused, and nothing of the other's lost. */
  static void twoWriters(long seed) throws IOException {
    SimulatedDisk disk = new SimulatedDisk(TableRecovery.CLOCK);
    LogTable first = LogTable.create(machine(disk, seed), TABLE, Map.of());
    LogTable second = LogTable.open(machine(disk.anotherProcess(), seed + 1), TABLE);
    first.append(flush(1, event("first", 1, 1), transaction(1)));

    assertThatThrownBy(() -> second.append(flush(1, event("second", 1, 1), transaction(1))))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("another writer");

    List<LogRecord> expected = List.of(event("first", 1, 1), transaction(1));
    assertThat(Records.names(read(first.refresh(), everything())))
        .containsExactlyInAnyOrderElementsOf(Records.names(expected));
  }

  private static Machine machine(Disk disk, long seed) {
    return new Machine(disk, TableRecovery.CLOCK, new Random(seed), new LaterThreads());
  }

  /**
   * A disk of which one sync of a file fails, as on a system that then takes the file's pages for
   * written: later syncs succeed, and the bytes are never made durable.
   */
  private static final class ForgettingDisk extends ForwardingDisk {
    static final String REASON = "Input/output error";

    private int left = Integer.MAX_VALUE;

    ForgettingDisk(Disk disk) {
      super(disk);
    }

    /** Lets {@code more} syncs succeed and fails the next. */
    void failSync(int more) {
      left = more;
    }

    boolean failed() {
      return left < 0;
    }

    @Override
    public DiskWriter create(Path file) throws IOException {
      DiskWriter writer = super.create(file);
      return new DiskWriter() {
        private boolean forgotten;

        @Override
        public void write(ByteBuffer bytes) throws IOException {
          writer.write(bytes);
        }

        @Override
        public long position() {
          return writer.position();
        }

        @Override
        public void sync() throws IOException {
          if (left-- == 0) {
            forgotten = true;
            throw new FileSystemException(file.toString(), null, REASON);
          }
          if (!forgotten) {
            writer.sync();
          }
        }

        @Override
        public void close() throws IOException {
          writer.close();
        }
      };
    }
  }
}
