package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.names;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.engine.DiskInput;
import io.duckpond.journal.engine.ParquetFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {
  @TempDir private Path directory;

  private final Disk disk = new RealDisk();

  @Test
  void rowGroupsEndWhereTheKindChangesAndAtEightMebibytes() throws Exception {
    byte[] large = new byte[3 << 20];
    new Random(1).nextBytes(large);
    List<LogRecord> records = new ArrayList<>(List.of(transaction(1)));
    for (int i = 1; i <= 7; i++) {
      records.add(event("a", i, 1, large));
    }

    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      table.append(flush(1, records.toArray(new LogRecord[0])));

      DataFile file = table.head().fileList().get(0);
      Path path = directory.resolve(file.name());
      try (ParquetFileReader reader = ParquetFiles.open(DiskInput.open(disk, path))) {
        assertThat(reader.getRowGroups())
            .extracting(BlockMetaData::getRowCount)
            .containsExactly(3L, 3L, 1L, 1L);
      }
      assertThat(read(table.head(), everything())).hasSize(8);
      assertThat(names(read(table.head(), ScanRequest.of(RecordKind.EVENT).versions(5, 5))))
          .containsExactly("event a 5 @1");
    }
  }

  @Test
  void scanOfAVersionWhoseFileIsGoneStartsAgainFromTheNewest() throws Exception {
    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      table.append(flush(1, event("a", 1, 1)));
      TableVersion old = table.append(flush(2, event("b", 1, 2)));
      DataFile first = old.fileList().get(0);
      DataFile gone =
          new DataFile(
              "gone.parquet",
              first.size(),
              first.keys(),
              first.partIds(),
              first.sha256(),
              first.tail(),
              first.assigned(),
              first.position(),
              first.run());
      JournalHead head =
          new JournalHead(2, 2000, JournalHead.NO_ENTRY, "", Inventory.EMPTY, Optional.empty());

      TableVersion stale =
          new TableVersion(
              disk,
              directory,
              () -> old,
              1,
              head,
              FileList.empty().plus(List.of(gone, old.fileList().get(1))),
              0);
      assertThat(names(read(stale, everything()))).containsExactly("event a 1 @1", "event b 1 @2");
      List<String> parallel = new ArrayList<>();
      stale.scanParallel(
          everything(), Runnable::run, 1, record -> parallel.add(Records.name(record)));
      assertThat(parallel).containsExactlyInAnyOrder("event a 1 @1", "event b 1 @2");

      TableVersion tooLate =
          new TableVersion(
              disk,
              directory,
              () -> old,
              1,
              head,
              FileList.empty().plus(List.of(old.fileList().get(1), gone)),
              0);
      assertThatThrownBy(() -> read(tooLate, everything()))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("read it again");

      Files.delete(directory.resolve(first.name()));
      assertThatThrownBy(() -> read(old, everything()))
          .isInstanceOf(DamageException.class)
          .hasMessageContaining(first.name());
    }
  }

  @Test
  void failureOfOneTaskEndsAParallelScanForAll() throws Exception {
    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      for (int txn = 1; txn <= 5; txn++) {
        table.append(flush(txn, event("a", txn, txn)));
      }

      assertThatThrownBy(
              () ->
                  table
                      .head()
                      .scanParallel(
                          everything(),
                          task -> new Thread(task).start(),
                          3,
                          record -> {
                            throw new IllegalArgumentException("stop");
                          }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("stop");
    }
  }

  @Test
  void filterOfPartIdsNeverDeniesWhatWasPutIn() {
    for (int count : new int[] {0, 1, 2, 100, 2000, 8000}) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ids.add("part-" + i);
      }
      PartIdFilter filter = PartIdFilter.of(ids).orElseThrow();
      PartIdFilter stored = PartIdFilter.parse(filter.format()).orElseThrow();

      assertThat(filter.format().length()).isLessThanOrEqualTo(2800);
      assertThat(ids).allMatch(stored::mayContain);
      int wrong = 0;
      for (int i = 0; i < 1000; i++) {
        wrong += stored.mayContain("other-" + i) ? 1 : 0;
      }
      assertThat(wrong).isLessThan(count <= 100 ? 30 : 700);
    }
  }

  /** Else damage to one file would be damage to partitions that are not in it. */
  @Test
  void filterOfFewPartIdsHardlyEverSaysYesToAnother() {
    RandomGenerator random = new SplittableRandom(20261129);
    for (int count : new int[] {2, 3, 5, 10, 20, 64, 300}) {
      int wrong = 0;
      for (int i = 0; i < 20_000; i++) {
        List<String> ids = random.longs(count).mapToObj(Long::toHexString).toList();
        PartIdFilter filter = PartIdFilter.of(ids).orElseThrow();
        wrong += filter.mayContain("other") ? 1 : 0;
      }
      assertThat(wrong).as("of 20,000 filters of %d ids", count).isLessThan(10);
    }
  }

  @Test
  void fileOfOnePartIdIsReadForNoOther() throws Exception {
    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      table.append(flush(1, transaction(1), event("m", 1, 1, new byte[1])));

      DataFile file = table.head().fileList().get(0);
      assertThat(file.mayHold("m")).isTrue();
      for (int i = 0; i < 5_000; i++) {
        assertThat(file.mayHold("k" + i)).isFalse();
        assertThat(file.mayHold("p" + i)).isFalse();
      }
    }
  }

  @Test
  void storedFilterOfOnePartIdIsShort() {
    assertThat(PartIdFilter.of(Set.of("a")))
        .map(PartIdFilter::format)
        .hasValueSatisfying(text -> assertThat(text).hasSizeLessThan(20));
    assertThat(PartIdFilter.parse("not base64!")).isEmpty();
  }
}
