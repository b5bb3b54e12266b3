package io.duckpond.journal.benchmark;

import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * P15: the bytes that small events of random bytes take, everything in the table's directory
 * counted, as a multiple of what the application gave: payload, persistence id and sequence number.
 */
@State(Scope.Benchmark)
public class DiskUsageBenchmark {
  private static final int PARTITIONS = 1_000;

  /** Writes a table in large transactions, and one in transactions of one event. */
  @Benchmark
  public void round() throws Exception {
    write("batches", Size.of(100_000, 1_000_000, 1_000_000), 1_000);
    write("single", Size.of(1_000, 10_000, 100_000), 1);
  }

  private static void write(String name, int events, int batch) throws Exception {
    try (OpenJournal journal = new OpenJournal(name)) {
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
      try (LogTable cold = LogTable.open(new RealDisk(), journal.directory())) {
        ScanRequest one = ScanRequest.of(RecordKind.EVENT).partitions(Set.of("partition-7"));
        Figures.note(name + ": files before", cold.head().filesFor(one), "files");
      }
      long start = System.nanoTime();
      journal.queue().maintain().toCompletableFuture().get(10, TimeUnit.MINUTES);
      Figures.note(name + ": upkeep took", (System.nanoTime() - start) / 1e9, "s");
      Figures.note(name, (double) Scratch.bytes(journal.directory()) / raw, "× raw bytes");
      try (LogTable cold = LogTable.open(new RealDisk(), journal.directory())) {
        ScanRequest one = ScanRequest.of(RecordKind.EVENT).partitions(Set.of("partition-7"));
        Figures.note(name + ": files opened", cold.head().filesFor(one), "files");
        Figures.note(name + ": files", cold.head().files(), "files");
      }
    }
  }
}
