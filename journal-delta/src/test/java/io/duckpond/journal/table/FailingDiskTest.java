package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.TapeDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {
  @TempDir private Path temporary;

  private final TapeDisk disk = new TapeDisk(new RealDisk());

  @Test
  void everyFailingStepOfAFlushIsAnsweredTruthfullyAndTheNextFlushGoesOn() throws Exception {
    for (boolean once : new boolean[] {true, false}) {
      Path directory = temporary.resolve("once-" + once);
      try (LogTable table = LogTable.create(disk, directory, Map.of())) {
        long txn = 0;
        boolean failed = true;
        for (int step = 0; failed; step++) {
          txn++;
          disk.failAt(step, once);
          boolean stored = true;
          boolean unknown = false;
          try {
            table.append(flush(txn, event("p", txn, txn), transaction(txn)));
          } catch (JournalException e) {
            stored = false;
            unknown = e.outcomeUnknown();
          }
          failed = disk.heal();

          long seen = table.refresh().txnSeq();
          if (stored) {
            assertThat(seen).isEqualTo(txn);
          } else if (!unknown) {
            assertThat(seen).isEqualTo(txn - 1);
          }
          txn = seen + 1;
          table.append(flush(txn, event("p", txn, txn), transaction(txn)));
        }
        assertThat(txn).isGreaterThan(10);
        assertThat(read(table.head(), everything())).hasSize((int) txn * 2);
      }
      try (LogTable table = LogTable.open(disk, directory)) {
        assertThat(read(table.head(), everything())).hasSize((int) table.head().txnSeq() * 2);
      }
    }
  }

  @Test
  void everyFailingStepOfOpeningAndReadingIsAFailureAndNeverDamage() throws Exception {
    Path directory = temporary.resolve("t");
    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      for (int txn = 1; txn <= 3; txn++) {
        table.append(flush(txn, event("p", txn, txn)));
      }
    }
    boolean failed = true;
    for (int step = 0; failed; step++) {
      disk.failAt(step, false);
      try (LogTable table = LogTable.open(disk, directory)) {
        assertThat(read(table.head(), everything())).hasSize(3);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("refused");
      }
      failed = disk.heal();
    }
  }

  @Test
  void secondWriterIsFencedAndStaysSo() throws Exception {
    Path directory = temporary.resolve("t");
    try (LogTable first = LogTable.create(disk, directory, Map.of());
        LogTable second = LogTable.open(disk, directory)) {
      first.append(flush(1, transaction(1)));

      assertThatThrownBy(() -> second.append(flush(1, event("p", 1, 1))))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another writer")
          .hasMessageContaining("version 1")
          .extracting(e -> ((JournalException) e).outcomeUnknown())
          .isEqualTo(false);
      assertThatThrownBy(() -> second.append(flush(2, event("p", 1, 2))))
          .isInstanceOf(JournalException.class);
      assertThat(second.refresh().txnSeq()).isEqualTo(1);

      first.append(flush(2, transaction(2)));
      assertThat(read(first.head(), everything())).hasSize(2);
    }
  }
}
