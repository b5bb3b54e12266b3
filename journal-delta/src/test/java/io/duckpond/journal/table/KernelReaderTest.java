package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.transaction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.engine.DiskEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table is an open one: the kernel's ordinary reading interface sees every row of it. */
class KernelReaderTest {
  @TempDir private Path directory;

  private final Disk disk = new RealDisk();
  private final Engine engine = new DiskEngine(disk);

  @Test
  void kernelReadsEveryRowAndSkipsTheTrailer() throws Exception {
    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      table.append(flush(1, event("a", 1, 1), event("b", 1, 1), transaction(1)));
      try (StagedFileWriter writer = table.staged().begin()) {
        writer.append(3, "staged".getBytes(UTF_8), Set.of("a"));
        StagedFile staged = writer.finish();
        table.append(
            new Flush(
                List.of(event("a", 2, 2)), List.of(new Flush.Staged(staged, 2, 2000)), 2, 2000));

        assertThat(rows())
            .containsExactlyInAnyOrder(
                "a event 1 1 1000 1 a#1",
                "b event 1 1 1000 1 b#1",
                "null transaction null 1 1000 1 transaction 1",
                "a event 2 2 2000 1 a#2",
                staged.partId() + " attachment 1 null null 3 staged");
      }
    }
  }

  private List<String> rows() throws Exception {
    Snapshot snapshot = TableManager.loadSnapshot(directory.toString()).build(engine);
    assertThat(snapshot.getSchema()).isEqualTo(RecordSchema.DELTA);
    Scan scan = snapshot.getScanBuilder().build();
    Row state = scan.getScanState(engine);
    StructType schema = ScanStateRow.getPhysicalDataReadSchema(state);
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> file = files.next().getRows()) {
          while (file.hasNext()) {
            read(state, file.next(), schema, rows);
          }
        }
      }
    }
    return rows;
  }

  private void read(Row state, Row file, StructType schema, List<String> rows) throws Exception {
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    try (CloseableIterator<FileReadResult> physical =
            engine
                .getParquetHandler()
                .readParquetFiles(
                    Utils.singletonCloseableIterator(status), schema, Optional.empty());
        CloseableIterator<FilteredColumnarBatch> batches =
            Scan.transformPhysicalData(
                engine, state, file, physical.map(FileReadResult::getData))) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> found = batches.next().getRows()) {
          while (found.hasNext()) {
            rows.add(describe(found.next()));
          }
        }
      }
    }
  }

  private static String describe(Row row) {
    return (row.isNullAt(0) ? "null" : row.getString(0))
        + " "
        + row.getString(1)
        + " "
        + (row.isNullAt(3) ? "null" : row.getLong(3))
        + " "
        + (row.isNullAt(5) ? "null" : row.getLong(5))
        + " "
        + (row.isNullAt(6) ? "null" : row.getLong(6))
        + " "
        + row.getInt(7)
        + " "
        + new String(row.getBinary(9), UTF_8);
  }
}
