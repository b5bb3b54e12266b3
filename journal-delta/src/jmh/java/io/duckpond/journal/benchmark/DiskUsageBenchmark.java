package io.duckpond.journal.benchmark;

import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * P15: the bytes that small events of random bytes take, everything in the table's directory
 * counted, as a multiple of what the application gave: payload, persistence id and sequence number.
 * Merged files are removed at once, not after an hour.
 */
@State(Scope.Benchmark)
public class DiskUsageBenchmark {
  private static final int PARTITIONS = 1_000;

  /** Flushes, one each time, in which somebody writes who seldom does. */
  private static final int SELDOM = 4;

  /** Writes a table in large transactions, and one in transactions of one event. */
  @Benchmark
  public void round() throws Exception {
    write("batches", Size.of(100_000, 1_000_000, 1_000_000), 1_000);
    write("single", Size.of(1_000, 10_000, 100_000), 1);
  }

  private static void write(String name, int events, int batch) throws Exception {
    try (OpenJournal journal =
        new OpenJournal(name, Map.of("upkeep.removed-file-retention", "0s"))) {
      long raw = 0;
      long number = 0;
      for (int commit = 0; commit < events / batch; commit++) {
        String partId = "partition-" + commit % PARTITIONS;
        long first = 1L + (long) (commit / PARTITIONS) * batch;
        List<PendingEvent> transaction = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
          byte[] payload = Payloads.unique(number++);
          transaction.add(new PendingEvent(partId, first + i, payload, "", "", List.of()));
          raw += payload.length + partId.length() + Long.BYTES;
        }
        journal.queue().submit(transaction).toCompletableFuture().get(1, TimeUnit.MINUTES);
      }
      filesOpened(journal, "partition-7", name + ": files opened before");
      for (int i = 1; i <= SELDOM; i++) {
        for (String partId : List.of("seldom", "partition-between")) {
          PendingEvent event =
              new PendingEvent(partId, i, Payloads.unique(number++), "", "", List.of());
          journal.queue().submit(List.of(event)).toCompletableFuture().get(1, TimeUnit.MINUTES);
        }
      }
      filesOpened(journal, "seldom", name + ": files opened before, seldom");
      Timing.Taken upkeep = Timing.time(journal::maintain);
      Figures.note(name + ": upkeep", upkeep.seconds(), "s");
      Figures.note(name, (double) Scratch.bytes(journal.directory()) / raw, "× raw bytes");
      filesOpened(journal, "partition-7", name + ": files opened after");
    }
  }

  private static void filesOpened(OpenJournal journal, String partId, String figure)
      throws IOException {
    ScanRequest one = ScanRequest.of(RecordKind.EVENT).partitions(Set.of(partId));
    try (LogTable cold = LogTable.open(new RealDisk(), journal.directory())) {
      Figures.note(figure, cold.head().filesFor(one), "files");
    }
  }
}
