package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.names;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.TapeDisk;
import io.duckpond.journal.engine.DiskEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir private Path directory;

  private final TapeDisk disk = new TapeDisk(new RealDisk());

  private void append(LogTable table, int from, int to) {
    for (int txn = from; txn <= to; txn++) {
      table.append(flush(txn, event("p" + txn % 7, txn, txn), transaction(txn)));
    }
  }

  @Test
  void opensFromACheckpointAndTheEntriesAfterIt() throws Exception {
    List<String> before;
    try (LogTable table = LogTable.create(disk, directory, Map.of("io.duckpond.x", "y"))) {
      append(table, 1, 105);
      before = names(read(table.head(), everything()));
    }
    assertThat(directory.resolve("_delta_log/00000000000000000100.checkpoint.parquet")).exists();

    disk.take();
    try (LogTable table = LogTable.open(disk, directory)) {
      assertThat(disk.take())
          .contains("open 00000000000000000100.checkpoint.parquet")
          .doesNotContain("open 00000000000000000099.json");
      assertThat(names(read(table.head(), everything()))).isEqualTo(before).hasSize(210);
      assertThat(table.head().txnSeq()).isEqualTo(105);
      assertThat(table.properties()).containsEntry("io.duckpond.x", "y");

      append(table, 106, 210);
      assertThat(table.head().txnSeq()).isEqualTo(210);
    }
    try (LogTable table = LogTable.open(disk, directory)) {
      assertThat(read(table.head(), everything())).hasSize(420);
    }
  }

  @Test
  void keepsInACheckpointWhatTheLogSaidOfEachFile() throws Exception {
    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      append(table, 1, 98);
      try (StagedFileWriter writer = table.staged().begin()) {
        writer.append(1, "bytes".getBytes(UTF_8), Set.of("inner"));
        table.append(
            new Flush(
                List.of(transaction(99)),
                List.of(new Flush.Staged(writer.finish(), 99, 99_000)),
                99,
                99_000));
      }
      append(table, 100, 100);
      List<DataFile> written = table.head().fileList();
      table.close();

      KernelTable.Loaded loaded =
          new KernelTable(new DiskEngine(disk), directory).load(Optional.empty());

      assertThat(loaded.checkpoint()).isEqualTo(100);
      assertThat(loaded.files())
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(List.copyOf(written));
      assertThat(loaded.head()).map(JournalHead::txnSeq).contains(100L);
    }
  }

  @Test
  void kernelReadsTheCheckpointThatItWroteThroughOurHandler() throws Exception {
    try (LogTable table = LogTable.create(disk, directory, Map.of("io.duckpond.x", "y"))) {
      append(table, 1, 1);
    }
    DiskEngine engine = new DiskEngine(disk);
    Snapshot snapshot = TableManager.loadSnapshot(directory.toString()).build(engine);

    snapshot.writeCheckpoint(engine);
    assertThat(snapshot.getDomainMetadata(JournalHead.DOMAIN)).isPresent();
    Files.delete(directory.resolve("_delta_log/00000000000000000000.json"));

    Snapshot read = TableManager.loadSnapshot(directory.toString()).build(engine);
    assertThat(read.getSchema()).isEqualTo(snapshot.getSchema());
    assertThat(read.getTableProperties()).isEqualTo(snapshot.getTableProperties());
    assertThat(read.getProtocol()).isEqualTo(snapshot.getProtocol());
    assertThat(read.getDomainMetadata(JournalHead.DOMAIN))
        .isEqualTo(snapshot.getDomainMetadata(JournalHead.DOMAIN))
        .isPresent();
    assertThat(read.getClusteringColumnInfos()).isPresent();
  }
}
