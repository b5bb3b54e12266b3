package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.check.CheckDepth;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Merging changes where records lie, and nothing of what they say. */
final class MergeTest {
  private static final Path TABLE = Path.of("/table");
  private static final Duration HOUR = Duration.ofHours(1);

  private final MemoryDisk disk = new MemoryDisk();
  private final MovingClock clock = new MovingClock();
  private final Machine machine =
      new Machine(disk, clock, new Random(1), Machine.with(disk).threads());

  private LogTable open(int fanIn, Duration retention) throws IOException {
    return LogTable.open(
        machine,
        TABLE,
        new UpkeepSettings(Optional.of(new FramingMerger()), fanIn, 1 << 20, retention));
  }

  @Test
  void everyTenthFlushMakesOneFileOfTenAndTheRecordsOfAPartitionOne() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    try (LogTable table = open(10, HOUR)) {
      for (int txn = 1; txn < 100; txn++) {
        append(table, txn, txn);
        table.settle();
      }

      assertThat(table.head().files()).isEqualTo(9 + 9);
      assertThat(identities(table.head())).hasSize(99 * 3);

      append(table, 100, 100);
      table.settle();

      assertThat(table.head().files()).isEqualTo(1);
      assertThat(read(table.head(), ScanRequest.of(RecordKind.EVENT)))
          .extracting(Records::name)
          .containsExactly("event all 100 @100", "event even 100 @100", "event odd 99 @99");
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void whatWasWrittenAMomentAgoIsMergedFromMemory() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    List<String> opened = new ArrayList<>();
    Disk counting =
        new ForwardingDisk(disk) {
          @Override
          public DiskReader open(Path file) throws IOException {
            opened.add(String.valueOf(file.getFileName()));
            return super.open(file);
          }
        };
    UpkeepSettings settings =
        new UpkeepSettings(Optional.of(new FramingMerger()), 10, 1 << 20, HOUR);
    Machine counted = new Machine(counting, clock, new Random(1), machine.threads());
    try (LogTable table = LogTable.open(counted, TABLE, settings.remembering(1 << 20))) {
      append(table, 1, 10);
      table.settle();

      assertThat(table.head().files()).isEqualTo(1);
      assertThat(opened).noneMatch(name -> name.startsWith("flush-"));
      assertThat(identities(table.head())).hasSize(10 * 3);
    }
    try (LogTable table = LogTable.open(counted, TABLE, settings.remembering(0))) {
      append(table, 11, 20);
      table.settle();

      assertThat(opened).filteredOn(name -> name.startsWith("flush-")).hasSize(10);
      assertThat(identities(table.head())).hasSize(20 * 3);
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void flushesThatFailTakeNoneOfTheMemoryThatOthersAreMergedFrom() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    List<String> opened = new ArrayList<>();
    boolean[] fails = {false};
    Disk failing =
        new ForwardingDisk(disk) {
          @Override
          public void link(Path existing, Path name) throws IOException {
            if (fails[0]) {
              throw new IOException("no entry now");
            }
            super.link(existing, name);
          }

          @Override
          public DiskReader open(Path file) throws IOException {
            opened.add(String.valueOf(file.getFileName()));
            return super.open(file);
          }
        };
    UpkeepSettings settings =
        new UpkeepSettings(Optional.of(new FramingMerger()), 10, 1 << 20, HOUR);
    Machine machineThatFails = new Machine(failing, clock, new Random(1), machine.threads());
    try (LogTable table = LogTable.open(machineThatFails, TABLE, settings.remembering(1 << 15))) {
      fails[0] = true;
      for (int times = 0; times < 100; times++) {
        assertThatThrownBy(() -> append(table, 1, 1)).isInstanceOf(JournalException.class);
      }
      fails[0] = false;
      append(table, 1, 10);
      table.settle();

      assertThat(table.head().files()).isEqualTo(1);
      assertThat(opened).noneMatch(name -> name.startsWith("flush-"));
    }
  }

  @Test
  void ofAPartitionAllRecordsOfAFlushComeBeforeThoseOfTheNext() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    try (LogTable table = open(0, HOUR)) {
      table.append(flush(2, transaction(1), transaction(2), event("p", 1, 1), event("p", 2, 2)));
      table.append(flush(4, transaction(3), transaction(4), event("p", 3, 3), event("p", 4, 4)));

      TableVersion after = table.maintain().toCompletableFuture().get();

      assertThat(read(after, ScanRequest.of(RecordKind.TRANSACTION)))
          .extracting(LogRecord::txnSeq)
          .containsExactly(1L, 2L, 3L, 4L);
      assertThat(read(after, ScanRequest.of(RecordKind.EVENT)))
          .singleElement()
          .satisfies(
              merged ->
                  assertThat(FramingMerger.parts(merged))
                      .extracting(LogRecord::version)
                      .containsExactly(1L, 2L, 3L, 4L));
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void whatIsReadIsTheSameBeforeAndAfterAndFromAnOlderVersion() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    try (LogTable table = open(0, HOUR)) {
      append(table, 1, 57);
      TableVersion before = table.head();
      List<String> expected = identities(before);
      Sha256 digest = digest(before);

      TableVersion after = table.maintain().toCompletableFuture().get();

      assertThat(after.files()).isEqualTo(1);
      assertThat(after.txnSeq()).isEqualTo(before.txnSeq());
      assertThat(identities(after)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(digest(after)).isEqualTo(digest);
      assertThat(identities(before)).isEqualTo(expected);
      append(table, 58, 60);
    }
    try (LogTable again = LogTable.open(machine, TABLE)) {
      assertThat(identities(again.head())).hasSize(60 * 3);
      assertThat(
              read(
                  again.head(),
                  ScanRequest.of(RecordKind.EVENT)
                      .partitions(Set.of("odd"))
                      .versions(3, Long.MAX_VALUE)))
          .flatExtracting(FramingMerger::parts)
          .extracting(LogRecord::version)
          .isSorted()
          .contains(3L, 55L, 59L);
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void filesThatWereMergedStayForAnHourWhoeverTheWriterIs() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    try (LogTable table = open(10, HOUR)) {
      append(table, 1, 10);
    }
    assertThat(dataFiles()).isEqualTo(11);

    clock.advance(Duration.ofMinutes(50));
    try (LogTable table = open(10, HOUR)) {
      append(table, 11, 11);
      table.settle();
      assertThat(dataFiles()).isEqualTo(12);
      clock.advance(Duration.ofMinutes(20));
      append(table, 12, 12);
      table.settle();
      assertThat(dataFiles()).isEqualTo(3);
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void filesWhoseRemovalTheLogHasForgottenStayForAnHourAfterItsFirstEntry() throws Exception {
    LogTable.create(machine, TABLE, Map.of(LogTable.CHECKPOINT_INTERVAL, "5")).close();
    try (LogTable table = open(10, HOUR)) {
      append(table, 1, 9);
      clock.advance(Duration.ofSeconds(1));
      append(table, 10, 10);
    }
    clock.advance(Duration.ofSeconds(1));
    try (LogTable table = open(0, HOUR)) {
      append(table, 11, 40);
    }
    int all = dataFiles();
    try (LogTable table = open(0, HOUR)) {
      append(table, 41, 41);
    }
    assertThat(dataFiles()).isEqualTo(all + 1);

    clock.advance(HOUR.plusSeconds(1));
    try (LogTable table = open(0, HOUR)) {
      append(table, 42, 42);
    }
    assertThat(dataFiles()).isEqualTo(all + 2 - 10);
    assertThat(damage()).isEmpty();
  }

  @Test
  void maintenanceRemovesWhatAnEarlierWriterMergedWhenItsHourIsOver() throws Exception {
    LogTable.create(machine, TABLE, Map.of(LogTable.CHECKPOINT_INTERVAL, "3")).close();
    try (LogTable table = open(10, HOUR)) {
      append(table, 1, 10);
    }
    clock.advance(Duration.ofSeconds(1));
    String abandoned = "flush-" + new TimeOrderedIds(machine).next() + ".parquet";

    for (int minutes = 0; minutes <= 60; minutes += 20) {
      disk.put(TABLE.resolve(abandoned), new byte[0]);
      try (LogTable table = open(10, HOUR)) {
        assertThat(table.maintain().toCompletableFuture().get().files()).isEqualTo(1);
        assertThat(dataFiles()).isEqualTo(minutes < 60 ? 1 + 10 : 1);
      }
      clock.advance(Duration.ofMinutes(20));
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void whatIsMergedStaysForAnHourAndNoLongerHoweverOftenTheTableIsMaintained() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();

    for (int times = 0; times < 18; times++) {
      clock.advance(Duration.ofMinutes(10));
      try (LogTable table = open(10, HOUR)) {
        append(table, times + 1, times + 1);
        table.maintain().toCompletableFuture().get();
      }
      assertThat(dataFiles()).isEqualTo(1 + 2 * Math.min(times, 6));
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void mergingAllEndsBesideAWriterThatIsFaster() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    AtomicReference<LogTable> writer = new AtomicReference<>();
    AtomicInteger txnSeq = new AtomicInteger();
    RecordMerger slow =
        new RecordMerger() {
          private final RecordMerger merger = new FramingMerger();

          @Override
          public Optional<byte[]> merge(List<LogRecord> records) {
            appendOne(requireNonNull(writer.get()), txnSeq.incrementAndGet());
            return merger.merge(records);
          }

          @Override
          public Sha256 digest(LogRecord record) {
            return merger.digest(record);
          }
        };
    UpkeepSettings settings = new UpkeepSettings(Optional.of(slow), 0, 1 << 20, HOUR);
    try (LogTable table = LogTable.open(machine, TABLE, settings)) {
      writer.set(table);
      append(table, 1, 10);
      txnSeq.set(10);
      table.maintain().toCompletableFuture().get(1, TimeUnit.MINUTES);

      assertThat(txnSeq).hasValueGreaterThan(10);
      assertThat(table.head().files()).isEqualTo(1 + txnSeq.get() - 10);
      assertThat(identities(table.head())).hasSize(txnSeq.get() * 3);
    }
    assertThat(damage()).isEmpty();
  }

  @Test
  void largeResultsAreCutBetweenPartitionsSoThatEachLiesInOneFile() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    UpkeepSettings settings = new UpkeepSettings(Optional.of(new FramingMerger()), 0, 20_000, HOUR);
    Random random = new Random(3);
    try (LogTable table = LogTable.open(machine, TABLE, settings)) {
      for (int txn = 1; txn <= 40; txn++) {
        byte[] bytes = new byte[4_000];
        random.nextBytes(bytes);
        table.append(flush(txn, event("p" + txn % 8, txn, txn, bytes)));
      }
      TableVersion after = table.maintain().toCompletableFuture().get();

      assertThat(after.files()).isBetween(3, 8);
      for (int part = 0; part < 8; part++) {
        ScanRequest one = ScanRequest.of(RecordKind.EVENT).partitions(Set.of("p" + part));
        assertThat(after.filesFor(one)).isEqualTo(1);
        assertThat(read(after, one)).hasSize(1);
      }
      assertThat(MergePlan.all(after.fileList())).isEmpty();
    }
  }

  @Test
  void aDamagedFileIsNotMergedAndNothingIsLeftBehind() throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    try (LogTable table = open(0, HOUR)) {
      append(table, 1, 5);
      TableVersion before = table.head();
      Path file = TABLE.resolve(before.fileList().get(2).name());
      byte[] bytes = disk.bytes(file);
      bytes[bytes.length / 2] ^= 1;
      disk.put(file, bytes);

      assertThatThrownBy(() -> table.maintain().toCompletableFuture().get())
          .hasMessageContaining(String.valueOf(file.getFileName()));
      assertThat(table.head().version()).isEqualTo(before.version());
      assertThat(disk.names(TABLE)).noneMatch(name -> name.contains("merged"));
      assertThat(disk.names(TABLE))
          .noneMatch(name -> name.endsWith("tmp") && name.contains("staged"));
    }
  }

  private static void append(LogTable table, int from, int to) {
    for (int txn = from; txn <= to; txn++) {
      appendOne(table, txn);
    }
  }

  private static void appendOne(LogTable table, int txn) {
    table.append(
        flush(
            txn,
            event("all", txn, txn),
            event(txn % 2 == 0 ? "even" : "odd", txn, txn),
            transaction(txn)));
  }

  private static List<String> identities(TableVersion version) throws IOException {
    return read(version, everything()).stream()
        .flatMap(record -> FramingMerger.parts(record).stream())
        .map(TableModel::identity)
        .toList();
  }

  private static Sha256 digest(TableVersion version) throws IOException {
    Sha256 sum = Sha256.ZERO;
    for (LogRecord record : read(version, everything())) {
      sum = sum.plus(new FramingMerger().digest(record));
    }
    return sum;
  }

  private int dataFiles() throws IOException {
    return (int) disk.names(TABLE).stream().filter(name -> name.endsWith(".parquet")).count();
  }

  private List<String> damage() throws IOException {
    return new TableCheck(machine, TABLE)
        .depth(CheckDepth.EVERY_BYTE).run(Runnable::run, 1).findings().stream()
            .filter(finding -> finding.damage())
            .map(Object::toString)
            .toList();
  }

  /** Stands still until it is moved. */
  private static final class MovingClock extends Clock {
    private Instant now = Instant.parse("2024-01-01T00:00:00Z");

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
