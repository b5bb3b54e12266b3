package io.duckpond.journal.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Quarantine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.journal.table.Flush;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.RecordMerger;
import io.duckpond.journal.table.UpkeepSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Once merged files are removed, the log cannot be cut back to where it lists them. */
final class MergedTableRepairTest {
  private static final Path TABLE = Path.of("/table");

  private final SimulatedDisk disk = new SimulatedDisk();
  private final Machine machine = Machine.with(disk);

  @Test
  void theLogIsCutBackOverAMergeWhileTheMergedFilesAreThere() throws Exception {
    write(Duration.ofHours(1));
    tear(4);

    TableRepair.Plan plan = plan();

    assertThat(plan).isInstanceOf(TableRepair.Plan.Cut.class);
    assertThat(((TableRepair.Plan.Cut) plan).loss().lastTxnSeq()).isEqualTo(3);
  }

  @Test
  void itIsLeftAloneOnceTheyAreGone() throws Exception {
    write(Duration.ZERO);
    assertThat(check().findings()).noneMatch(Finding::damage);
    tear(4);

    assertThat(plan())
        .isInstanceOfSatisfying(
            TableRepair.Plan.Hopeless.class,
            hopeless -> assertThat(hopeless.reason()).contains("from a copy"));
  }

  /** Version n holds transaction n; those of one to five are merged by version 6. */
  private void write(Duration retention) throws Exception {
    LogTable.create(machine, TABLE, Map.of()).close();
    UpkeepSettings settings = new UpkeepSettings(Optional.of(new Moving()), 5, 1 << 20, retention);
    try (LogTable table = LogTable.open(machine, TABLE, settings)) {
      for (int txn = 1; txn <= 7; txn++) {
        byte[] content = ("content " + txn).getBytes(UTF_8);
        LogRecord event =
            new LogRecord(
                "p", RecordKind.EVENT, txn, txn, txn, txn, txn, 1, Sha256.of(content), content);
        table.append(new Flush(List.of(event), List.of(), txn, txn));
        table.settle();
      }
    }
  }

  private void tear(long version) throws Exception {
    Path entry = TABLE.resolve(String.format("_delta_log/%020d.json", version));
    disk.delete(entry);
    disk.create(entry).close();
  }

  private TableReport check() throws Exception {
    return new TableCheck(machine, TABLE).run(Runnable::run, 1);
  }

  private TableRepair.Plan plan() throws Exception {
    return new TableRepair(machine, TABLE, new Quarantine(disk, TABLE, Path.of("/aside")))
        .plan(check());
  }

  /** Moves records as they are, whatever their content. */
  private static final class Moving implements RecordMerger {
    @Override
    public Optional<byte[]> merge(List<LogRecord> records) {
      return Optional.empty();
    }

    @Override
    public Sha256 digest(LogRecord record) {
      return record.sha256();
    }
  }
}
