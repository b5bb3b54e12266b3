package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.engine.DiskInput;
import io.duckpond.journal.engine.ParquetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.Test;

/** Checkpoints tell of removed files for as long as those stay, by the clock of this machine. */
final class CheckpointTombstonesTest {
  private static final Path TABLE = Path.of("/table");

  private final MemoryDisk disk = new MemoryDisk();

  @Test
  void filesThatStayForAnHourAreTold() throws Exception {
    assertThat(tombstonesAfterMerging(Duration.ofHours(1))).isEqualTo(20);
  }

  @Test
  void filesThatNobodyMayNeedAnyMoreAreNotTold() throws Exception {
    assertThat(tombstonesAfterMerging(Duration.ZERO)).isZero();
  }

  @Test
  void partOfASecondIsAWholeOne() {
    Duration retention = Duration.ofMillis(1500);
    assertThat(settings(retention).properties())
        .containsEntry(LogTable.REMOVED_FILE_RETENTION, "interval 2 seconds");
  }

  private static UpkeepSettings settings(Duration retention) {
    return new UpkeepSettings(Optional.of(new FramingMerger()), 10, 1 << 20, retention);
  }

  /** Merges ten files twice; returns what the newest checkpoint says of them. */
  private long tombstonesAfterMerging(Duration retention) throws Exception {
    UpkeepSettings settings = settings(retention);
    LogTable.create(disk, TABLE, settings.properties()).close();
    try (LogTable table = LogTable.open(Machine.with(disk), TABLE, settings)) {
      for (int txn = 1; txn <= 20; txn++) {
        table.append(flush(txn, event("p", txn, txn), transaction(txn)));
        table.settle();
      }
      assertThat(table.head().files()).isEqualTo(2);
      table.maintain(Set.of(UpkeepStep.CHECKPOINT)).toCompletableFuture().get();
    }
    String newest = LogListing.of(disk, TABLE).checkpoints().lastEntry().getValue().get(0);
    return tombstones(LogListing.folder(TABLE).resolve(newest));
  }

  private long tombstones(Path file) throws IOException {
    long found = 0;
    try (ParquetFileReader reader = ParquetFiles.open(DiskInput.open(disk, file))) {
      for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData column : rowGroup.getColumns()) {
          if (column.getPath().toDotString().equals("remove.path")) {
            found += column.getValueCount() - column.getStatistics().getNumNulls();
          }
        }
      }
    }
    return found;
  }
}
