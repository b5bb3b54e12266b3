package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Log entries that no program of good will writes. */
@Timeout(120)
final class HostileLogTest {
  private static final Path TABLE = Path.of("/table");
  private static final String FOREIGN =
      "{\"commitInfo\":{\"timestamp\":1,\"engineInfo\":\"other-engine/1\"}}\n";

  private static final List<String> VALUES =
      List.of(
          "null",
          "-1",
          "0",
          "9223372036854775807",
          "99999999999999999999",
          "1e999",
          "true",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"../..\"",
          "[]",
          "[[[]]]",
          "{}",
          "{\"a\":{\"b\":null}}");

  private final MemoryDisk disk = new MemoryDisk();

  @BeforeEach
  void writeTwoFlushes() throws IOException {
    try (LogTable table = LogTable.create(disk, TABLE, Map.of())) {
      table.append(flush(1, event("p", 1, 1), transaction(1)));
      table.append(flush(2, event("p", 2, 2), transaction(2)));
    }
  }

  private void putThird(String text) {
    disk.put(LogEntry.pathOf(TABLE, 3), text.getBytes(UTF_8));
  }

  @Test
  void tableOfANewerProtocolIsRefusedByTheNameOfWhatItNeeds() {
    putThird(FOREIGN + "{\"protocol\":{\"minReaderVersion\":9,\"minWriterVersion\":9}}\n");
    assertThatThrownBy(() -> LogTable.open(disk, TABLE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("needs a newer program")
        .hasMessageContaining("9");

    putThird(
        FOREIGN
            + "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
            + "\"readerFeatures\":[\"timeTurner\"],\"writerFeatures\":[\"timeTurner\"]}}\n");
    assertThatThrownBy(() -> LogTable.open(disk, TABLE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("timeTurner");
  }

  @Test
  void commitOfAnotherProgramIsReadAndNothingIsWrittenOnIt() throws Exception {
    putThird(FOREIGN);

    try (LogTable table = LogTable.open(disk, TABLE)) {
      assertThat(read(table.head(), everything())).hasSize(4);
      assertThatThrownBy(() -> table.append(flush(3, transaction(3))))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("other-engine/1");
    }
  }

  @Test
  void entryOrLineOfManyMegabytesIsNotParsed() {
    String long5 = "x".repeat(5 << 20);

    putThird("{\"commitInfo\":{\"engineInfo\":\"" + long5 + "\"}}\n");
    assertRefusedAs("lines of at most");
    putThird((FOREIGN + "{\"txn\":{\"a\":\"" + "y".repeat(1 << 20) + "\"}}\n").repeat(66));
    assertRefusedAs("at most 67108864 bytes");
  }

  private void assertRefusedAs(String what) {
    assertThatThrownBy(() -> LogTable.open(disk, TABLE))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("0003.json")
        .hasMessageContaining(what);
  }

  @Test
  void nonsenseOfEverySortIsDamageByName() {
    for (String line :
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
            "{\"add\":{\"path\":\"../../etc/passwd\",\"size\":1,\"partitionValues\":{},"
                + "\"modificationTime\":1,\"dataChange\":true}}",
            "{\"add\":{\"path\":\"a.parquet\",\"size\":" + "9".repeat(5000) + "}}",
            "{\"add\":7}",
            "{\"domainMetadata\":{\"domain\":\"io.duckpond.journal\",\"configuration\":\"{}\"}}",
            "null",
            "\u0000\u0000\u0000")) {
      putThird(FOREIGN + line + "\n");

      assertThatThrownBy(
              () -> {
                try (LogTable table = LogTable.open(disk, TABLE)) {
                  read(table.head(), everything());
                }
              })
          .as(line.substring(0, Math.min(60, line.length())))
          .isInstanceOf(DamageException.class);
    }
  }

  @Test
  void numberThatNoVersionCanHaveDoesNotHideTheTable() throws Exception {
    disk.put(TABLE.resolve("_delta_log/99999999999999999999.json"), FOREIGN.getBytes(UTF_8));

    try (LogTable table = LogTable.open(disk, TABLE)) {
      assertThat(read(table.head(), everything())).hasSize(4);
    } catch (DamageException e) {
      assertThat(e).hasMessageContaining("99999999999999999999");
    }
  }

  private static byte[] overwritten(Random random, byte[] bytes) {
    for (int change = random.nextInt(5); change >= 0; change--) {
      bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(96));
    }
    return bytes;
  }

  /** Puts other values after some keys, so that it is JSON all the same. */
  private static String revalued(Random random, String entry) {
    String changed = entry;
    for (int change = random.nextInt(3); change >= 0; change--) {
      List<Integer> colons = new ArrayList<>();
      for (int at = changed.indexOf("\":"); at >= 0; at = changed.indexOf("\":", at + 1)) {
        colons.add(at + 2);
      }
      int from = colons.get(random.nextInt(colons.size()));
      int to = from;
      while (to < changed.length() && ",}\n".indexOf(changed.charAt(to)) < 0) {
        to++;
      }
      String value = VALUES.get(random.nextInt(VALUES.size()));
      changed = changed.substring(0, from) + value + changed.substring(to);
    }
    return changed;
  }

  @Test
  void noChangedEntryIsAFault() throws Exception {
    Harness harness = Harness.named("fuzz-log-entry");
    Random random = new Random(harness.seed());
    String first = new String(disk.bytes(LogEntry.pathOf(TABLE, 0)), UTF_8);
    String second = new String(disk.bytes(LogEntry.pathOf(TABLE, 2)), UTF_8);
    String add =
        "{\"add\":{\"path\":\"a.parquet\",\"size\":7,\"partitionValues\":{},"
            + "\"modificationTime\":1,\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":1}\","
            + "\"tags\":{\"io.duckpond.position\":\"1.0\"}}}\n";
    // What another program may add, what one of ours has written, and all that there may be.
    List<String> entries = List.of(FOREIGN + add, FOREIGN + first, second, first + second);
    List<String> faults = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(Harness.size(3, 60)).toNanos();

    for (int step = 0; System.nanoTime() < end; step++) {
      String entry = entries.get(random.nextInt(entries.size()));
      byte[] bytes =
          random.nextBoolean()
              ? overwritten(random, entry.getBytes(UTF_8))
              : revalued(random, entry).getBytes(UTF_8);
      disk.put(LogEntry.pathOf(TABLE, 3), bytes);
      try (LogTable table = LogTable.open(disk, TABLE)) {
        harness.count("opened at " + table.head().version(), 1);
      } catch (DamageException | JournalException e) {
        harness.count("refused", 1);
      } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
        faults.add(harness.at(step) + ": " + e + "\n" + new String(bytes, UTF_8));
      }
    }

    harness.report();
    assertThat(faults).isEmpty();
  }
}
