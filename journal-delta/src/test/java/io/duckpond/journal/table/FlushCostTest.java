package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.TapeDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlushCostTest {
  @TempDir private Path temporary;

  private final TapeDisk disk = new TapeDisk(new RealDisk());

  @Test
  void oneFlushIsOneDataFileAndOneLogEntryInTheOrderThatSurvivesAPowerCut() throws Exception {
    try (LogTable table = LogTable.create(disk, temporary.resolve("t"), Map.of())) {
      table.append(flush(1, event("a", 1, 1), transaction(1)));
      disk.take();

      table.append(flush(2, event("a", 2, 2), event("b", 1, 2), transaction(2)));

      List<String> writing =
          disk.take().stream().filter(step -> !step.matches("(stat|open|read|list) .*")).toList();
      assertThat(writing)
          .containsExactly(
              "create flush-#.parquet",
              "write flush-#.parquet",
              "sync flush-#.parquet",
              "sync t",
              "create .00000000000000000002.json.#.tmp",
              "write .00000000000000000002.json.#.tmp",
              "sync .00000000000000000002.json.#.tmp",
              "link 00000000000000000002.json",
              "delete .00000000000000000002.json.#.tmp",
              "sync _delta_log");
    }
  }

  @Test
  void scansOpenOnlyFilesThatMayHoldWhatIsWanted() throws Exception {
    try (LogTable table = LogTable.create(disk, temporary.resolve("t"), Map.of())) {
      for (int txn = 1; txn <= 30; txn++) {
        table.append(flush(txn, event("part-" + txn, 1, txn), transaction(txn)));
      }
      disk.take();

      ScanRequest events = ScanRequest.of(RecordKind.EVENT);
      assertThat(opened(table, events.partitions(Set.of("part-17")))).isEqualTo(1);
      assertThat(opened(table, events.partitions(Set.of("part-99")))).isLessThanOrEqualTo(1);
      assertThat(opened(table, events.transactions(29, 40))).isEqualTo(2);
      assertThat(opened(table, events.versions(2, 5))).isZero();
      assertThat(opened(table, ScanRequest.of(RecordKind.ATTACHMENT))).isZero();
      assertThat(opened(table, events)).isEqualTo(30);
    }
  }

  private long opened(LogTable table, ScanRequest request) throws Exception {
    disk.take();
    Records.read(table.head(), request);
    return disk.take().stream().filter(step -> step.startsWith("open flush-")).count();
  }
}
