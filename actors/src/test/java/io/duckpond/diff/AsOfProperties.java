package io.duckpond.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.PondView;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Entry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.TransactionRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever becomes of the log's files, earlier states are what was recorded when they were the
 * newest: by number and by instant, though many transactions share a millisecond of a clock that is
 * also set back.
 */
final class AsOfProperties {
  private static final Path FOLDER = Path.of("/pond");
  private static final int POINTS = Harness.size(12, 50);

  /** A clock that mostly stands still, and jumps either way. */
  private static final class JumpingClock extends Clock {
    private Instant now = Instant.parse("2026-03-04T05:06:07.008Z");

    synchronized void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public synchronized Instant instant() {
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

  @Test
  void earlierStatesStayAsTheyWere() throws IOException {
    Harness harness = Harness.named("as-of");
    Random random = harness.random(0);
    int transactions = Harness.size(120, 2000);
    JumpingClock clock = new JumpingClock();
    MemoryDisk disk = new MemoryDisk();
    List<String> written = new ArrayList<>();
    Machine usual = Machine.with(disk);
    Machine machine = new Machine(disk, clock, usual.random(), usual.threads());
    NavigableMap<Long, Map<String, String>> recorded = new TreeMap<>();
    try (Pond pond = Pond.create(machine, FOLDER, PondSettings.load(), CommitInfo.NONE)) {
      RandomScript changes = new RandomScript(random);
      while (pond.view().txnSeq() < transactions) {
        if (random.nextInt(5) == 0) {
          clock.move(Duration.ofMillis(1));
        } else if (random.nextInt(200) == 0) {
          clock.move(Duration.ofHours(random.nextInt(5) - 2));
        }
        pond.transact(changes::change, 1);
        record(pond, recorded, random, transactions);
      }
      compare(pond, recorded, harness, "as written");
      clock.move(Duration.ofDays(1));
      written.addAll(dataFiles(disk));
      pond.maintain();
      compare(pond, recorded, harness, "maintained");
    }
    clock.move(Duration.ofDays(1));
    try (Pond reopened = Pond.open(machine, FOLDER, PondSettings.load())) {
      compare(reopened, recorded, harness, "reopened");
      reopened.root().touch("/last"); // a writer looks for what others have left when it writes
      reopened.maintain();
      assertThat(dataFiles(disk))
          .as(harness.at("maintained again"))
          .isNotEmpty()
          .doesNotContainAnyElementsOf(written);
      compare(reopened, recorded, harness, "maintained again");
    }
    try (Pond reopened = Pond.open(machine, FOLDER, PondSettings.load())) {
      compare(reopened, recorded, harness, "reopened again");
    }
    harness.count("transactions", transactions);
    System.getLogger(AsOfProperties.class.getName())
        .log(System.Logger.Level.DEBUG, harness.report());
  }

  /** What was merged is removed an hour later, or at the next occasion after that. */
  private static List<String> dataFiles(MemoryDisk disk) throws IOException {
    return disk.names(FOLDER.resolve("oplog")).stream()
        .filter(name -> name.endsWith(".parquet"))
        .toList();
  }

  private static void record(
      Pond pond, Map<Long, Map<String, String>> recorded, Random random, int transactions)
      throws IOException {
    long txnSeq = pond.view().txnSeq();
    if (random.nextInt(transactions) < POINTS) {
      recorded.put(txnSeq, Picture.of(pond.view().root()).byPath());
    }
  }

  private static void compare(
      Pond pond, NavigableMap<Long, Map<String, String>> recorded, Harness harness, String when)
      throws IOException {
    List<Long> micros = new ArrayList<>();
    try (Stream<TransactionRow> rows = pond.oplog().transactions(LogFilter.ALL)) {
      rows.forEachOrdered(row -> micros.add(row.timestampMicros()));
    }
    for (Map.Entry<Long, Map<String, String>> point : recorded.entrySet()) {
      long txnSeq = point.getKey();
      String at = harness.at(when + " transaction " + txnSeq);

      PondView view = pond.asOf(txnSeq);

      assertThat(Picture.of(view.root()).byPath()).as(at).isEqualTo(point.getValue());
      assertThat(pond.asOf(instant(micros.get((int) txnSeq - 1))).txnSeq())
          .as(at)
          .isEqualTo(txnSeq);
      if (txnSeq < micros.size()) {
        Instant justBefore = instant(micros.get((int) txnSeq) - 1);
        assertThat(pond.asOf(justBefore).txnSeq()).as(at).isEqualTo(txnSeq);
      }
      harness.count("points", 1);
    }
    for (long txnSeq : List.of(recorded.firstKey(), recorded.lastKey())) {
      readAll(pond.asOf(txnSeq).root(), harness.at(when + " reading transaction " + txnSeq));
    }
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Every read compares the digest that the entry has. */
  private static void readAll(WorkingDirectory root, String at) throws IOException {
    for (Map.Entry<String, Entry> node : root.walk("/").entrySet()) {
      if (node.getValue() instanceof Entry.File file) {
        assertThat(root.readBytes("/" + node.getKey())).as(at).hasSize((int) file.size());
      }
    }
  }
}
