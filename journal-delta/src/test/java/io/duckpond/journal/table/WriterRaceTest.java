package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.RealDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterRaceTest {
  private static final int WRITERS = 4;
  private static final int EACH = 12;

  @TempDir private Path directory;

  private final Disk disk = new RealDisk();

  @Test
  void whatRacingWritersWereToldIsStoredIsThereOnceAndNothingElse() throws Exception {
    LogTable.create(disk, directory, Map.of()).close();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Callable<List<String>>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String partId = "writer-" + writer;
      writers.add(() -> write(partId));
    }

    List<String> acknowledged = new ArrayList<>();
    try {
      for (Future<List<String>> result : threads.invokeAll(writers)) {
        acknowledged.addAll(result.get());
      }
    } finally {
      threads.shutdownNow();
    }

    try (LogTable table = LogTable.open(disk, directory)) {
      assertThat(read(table.head(), everything()))
          .extracting(record -> record.partId() + "/" + record.version())
          .containsExactlyInAnyOrderElementsOf(acknowledged);
      // Some versions hold nothing: what removes another's leftovers makes one first.
      assertThat(table.head().version()).isGreaterThanOrEqualTo(acknowledged.size());
      assertThat(table.head().txnSeq()).isEqualTo(acknowledged.size());
    }
  }

  /** Writes a number of records; whoever is fenced opens the table again, as a process would. */
  private List<String> write(String partId) throws Exception {
    List<String> acknowledged = new ArrayList<>();
    LogTable table = LogTable.open(disk, directory);
    for (long version = 1; acknowledged.size() < EACH; version++) {
      long txn = table.head().txnSeq() + 1;
      try {
        table.append(flush(txn, event(partId, version, txn)));
        acknowledged.add(partId + "/" + version);
      } catch (JournalException e) {
        assertThat(e.outcomeUnknown()).isFalse();
        table.close();
        table = LogTable.open(disk, directory);
      }
    }
    table.close();
    return acknowledged;
  }
}
