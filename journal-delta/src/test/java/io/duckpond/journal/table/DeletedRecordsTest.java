package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.names;
import static io.duckpond.journal.table.Records.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.check.CheckDepth;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table that is not append-only forgets what is deleted; any other hides it. */
final class DeletedRecordsTest {
  private static final Path TABLE = Path.of("/table");

  private final MemoryDisk disk = new MemoryDisk();
  private final Machine machine = Machine.with(disk);

  private LogTable table(String appendOnly, int fanIn, RecordMerger merger) throws IOException {
    LogTable.create(machine, TABLE, Map.of(LogTable.APPEND_ONLY, appendOnly)).close();
    return LogTable.open(
        machine,
        TABLE,
        new UpkeepSettings(Optional.of(merger), fanIn, 1 << 20, Duration.ofHours(1))
            .forgettingDeleted());
  }

  @AfterEach
  void theTableIsSound() throws IOException {
    assertThat(
            new TableCheck(machine, TABLE)
                .depth(CheckDepth.EVERY_BYTE).run(Runnable::run, 1).findings().stream()
                    .filter(finding -> finding.damage()))
        .isEmpty();
  }

  @Test
  void whatADeletionCoversIsLeftOutOfAMergeAndSoIsTheDeletion() throws Exception {
    try (LogTable table = table("false", 0, new Apart())) {
      table.append(flush(1, event("p", 1, 1), event("q", 1, 1)));
      table.append(flush(2, event("p", 2, 2)));
      table.append(flush(3, deletion("p", 1, 2, 3)));
      table.append(flush(4, event("p", 2, 4)));
      TableVersion before = table.head();

      TableVersion after = table.maintain().toCompletableFuture().join();

      assertThat(names(read(after, everything()))).containsExactly("event p 2 @4", "event q 1 @1");
      assertThat(names(read(before, everything()))).hasSize(5);
      assertThat(entry(after.version()))
          .contains("\"remove\"")
          .contains("\"dataChange\":true")
          .doesNotContain("\"dataChange\":false");
    }
  }

  @Test
  void ofATableWithNothingElseNoFileIsLeft() throws Exception {
    try (LogTable table = table("false", 0, new Apart())) {
      table.append(flush(1, event("p", 1, 1)));
      table.append(flush(2, deletion("p", 1, 1, 2)));

      TableVersion after = table.maintain().toCompletableFuture().join();

      assertThat(after.files()).isZero();
      assertThat(after.txnSeq()).isEqualTo(2);
      table.append(flush(3, event("p", 2, 3)));
    }
    try (LogTable again = LogTable.open(machine, TABLE)) {
      assertThat(names(read(again.head(), everything()))).containsExactly("event p 2 @3");
    }
  }

  @Test
  void anAppendOnlyTableKeepsAll() throws Exception {
    try (LogTable table = table("true", 0, new Apart())) {
      table.append(flush(1, event("p", 1, 1)));
      table.append(flush(2, deletion("p", 1, 1, 2)));

      TableVersion after = table.maintain().toCompletableFuture().join();

      assertThat(names(read(after, everything())))
          .containsExactly("deletion p 1 @2", "event p 1 @1");
      assertThat(entry(after.version())).doesNotContain("\"dataChange\":true");
    }
  }

  @Test
  void aRecordOfWhichAPartIsDeletedStaysAndSoDoesItsDeletion() throws Exception {
    try (LogTable table = table("false", 0, new FramingMerger())) {
      table.append(flush(1, event("p", 1, 1)));
      table.append(flush(2, event("p", 2, 2)));
      table.maintain().toCompletableFuture().join();
      table.append(flush(3, deletion("p", 1, 1, 3)));

      TableVersion partly = table.maintain().toCompletableFuture().join();

      assertThat(names(read(partly, everything())))
          .containsExactly("deletion p 1 @3", "event p 2 @2");
      table.append(flush(4, deletion("p", 1, 2, 4)));
      assertThat(table.maintain().toCompletableFuture().join().files()).isZero();
    }
  }

  @Test
  void aDeletionStaysWhileOlderFilesThanThoseMergedHoldWhatItCovers() throws Exception {
    try (LogTable table = table("false", 3, new Apart())) {
      table.append(flush(1, event("p", 1, 1)));
      table.append(flush(2, event("q", 1, 2)));
      table.maintain().toCompletableFuture().join();
      table.append(flush(3, event("p", 2, 3)));
      table.append(flush(4, deletion("p", 1, 2, 4)));
      table.append(flush(5, event("q", 2, 5)));
      table.settle();

      assertThat(table.head().files()).isEqualTo(2);
      assertThat(names(read(table.head(), everything())))
          .containsExactly("event p 1 @1", "event q 1 @2", "deletion p 2 @4", "event q 2 @5");
      assertThat(names(read(table.maintain().toCompletableFuture().join(), everything())))
          .containsExactly("event q 1 @2", "event q 2 @5");
    }
  }

  private static LogRecord deletion(String partId, long first, long last, long txnSeq) {
    return new LogRecord(
        partId,
        RecordKind.DELETION,
        first,
        last,
        txnSeq,
        txnSeq,
        txnSeq * 1000,
        1,
        Sha256.of(new byte[0]),
        new byte[0]);
  }

  private String entry(long version) throws IOException {
    // The newest entries may be of a fence; the merge is the last that removes files.
    for (long at = version; at > 0; at--) {
      String text = new String(disk.bytes(LogEntry.pathOf(TABLE, at)), StandardCharsets.UTF_8);
      if (text.contains("\"remove\"")) {
        return text;
      }
    }
    return "";
  }

  /** Puts no records together. */
  private static final class Apart implements RecordMerger {
    private final FramingMerger records = new FramingMerger();

    @Override
    public Optional<byte[]> merge(List<LogRecord> together) {
      return Optional.empty();
    }

    @Override
    public Sha256 digest(LogRecord record) {
      return records.digest(record);
    }
  }
}
