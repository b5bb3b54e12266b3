package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.names;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.RealDisk;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTableTest {
  @TempDir private Path temporary;

  private final Disk disk = new RealDisk();

  private Path directory() {
    return temporary.resolve("a b%20ü#").resolve("table");
  }

  @Test
  void keepsItsPropertiesAndStartsEmpty() throws Exception {
    try (LogTable table = LogTable.create(disk, directory(), Map.of("io.duckpond.pond-id", "p1"))) {
      assertThat(table.properties())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("io.duckpond.format", "1", "io.duckpond.pond-id", "p1"));
      assertThat(table.head().version()).isZero();
      assertThat(table.head().txnSeq()).isZero();
      assertThat(read(table.head(), everything())).isEmpty();
    }
  }

  @Test
  void refusesASecondTableInOnePlaceAndAnAbsentOne() throws Exception {
    assertThatThrownBy(() -> LogTable.open(disk, directory()))
        .isInstanceOf(NoSuchFileException.class);

    LogTable.create(disk, directory(), Map.of()).close();

    assertThatThrownBy(() -> LogTable.create(disk, directory(), Map.of()))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void readsBackWhatAFlushHeldInStoredOrder() throws Exception {
    try (LogTable table = LogTable.create(disk, directory(), Map.of())) {
      table.append(flush(1, transaction(1), event("b", 1, 1), event("a", 1, 1)));
      TableVersion head = table.append(flush(2, event("a", 2, 2), transaction(2)));

      assertThat(head.version()).isEqualTo(2);
      assertThat(head.txnSeq()).isEqualTo(2);
      assertThat(head.timestampMicros()).isEqualTo(2000);
      assertThat(head.files()).isEqualTo(2);
    }

    try (LogTable table = LogTable.open(disk, directory())) {
      assertThat(table.head().txnSeq()).isEqualTo(2);
      List<LogRecord> records = read(table.head(), everything());
      assertThat(names(records))
          .containsExactly(
              "event a 1 @1",
              "event b 1 @1",
              "transaction  0 @1",
              "event a 2 @2",
              "transaction  0 @2");
      assertThat(records.get(0).content()).isEqualTo("a#1".getBytes(UTF_8));
    }
  }

  @Test
  void findsOneVersionOfOnePartition() throws Exception {
    try (LogTable table = LogTable.create(disk, directory(), Map.of())) {
      for (int txn = 1; txn <= 20; txn++) {
        table.append(flush(txn, event("part-" + txn % 3, txn, txn), transaction(txn)));
      }

      ScanRequest request =
          ScanRequest.of(RecordKind.EVENT).partitions(Set.of("part-1")).versions(4, 10);
      assertThat(names(read(table.head(), request)))
          .containsExactly("event part-1 4 @4", "event part-1 7 @7", "event part-1 10 @10");
    }
  }

  @Test
  void givesStagedRecordsTheTransactionOfTheirCommit() throws Exception {
    try (LogTable table = LogTable.create(disk, directory(), Map.of())) {
      StagedFile staged;
      try (StagedFileWriter writer = table.staged().begin()) {
        assertThat(writer.append(2, "one".getBytes(UTF_8), Set.of("d"))).isEqualTo(1);
        assertThat(writer.append(1, "two".getBytes(UTF_8), Set.of("e"))).isEqualTo(2);
        staged = writer.finish();
      }

      table.append(
          new Flush(
              List.of(event("d", 1, 7), transaction(7)),
              List.of(new Flush.Staged(staged, 7, 7000)),
              7,
              7000));

      List<LogRecord> attachments =
          read(table.head(), ScanRequest.of(RecordKind.ATTACHMENT).partitions(Set.of("e")));
      assertThat(names(attachments))
          .containsExactly(
              "attachment " + staged.partId() + " 1 @7", "attachment " + staged.partId() + " 2 @7");
      assertThat(attachments.get(0).timestampMicros()).isEqualTo(7000);
      assertThat(
              names(
                  read(
                      table.head(),
                      ScanRequest.of(RecordKind.ATTACHMENT)
                          .partitions(Set.of(staged.partId()))
                          .versions(2, 2))))
          .containsExactly("attachment " + staged.partId() + " 2 @7");
      assertThat(read(table.head(), ScanRequest.of(RecordKind.ATTACHMENT).partitions(Set.of("zz"))))
          .isEmpty();
    }
  }

  @Test
  void stagedFileThatIsNotFinishedLeavesNothing() throws Exception {
    try (LogTable table = LogTable.create(disk, directory(), Map.of())) {
      try (StagedFileWriter writer = table.staged().begin()) {
        writer.append(1, new byte[100], Set.of());
      }

      assertThat(disk.list(directory()))
          .filteredOn(entry -> !entry.name().startsWith(".lease-"))
          .hasSize(1);
    }
    assertThat(disk.list(directory())).hasSize(1);
  }
}
