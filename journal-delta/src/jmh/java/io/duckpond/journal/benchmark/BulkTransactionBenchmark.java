package io.duckpond.journal.benchmark;

import io.duckpond.journal.commit.Contribution;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** P4: the first events of 100,000 partitions as one transaction, in a heap of 512 MB. */
@State(Scope.Benchmark)
public class BulkTransactionBenchmark {
  static String partId(int number) {
    return "partition-" + number;
  }

  /** Commits them, and writes the same rows to a bare Parquet file. */
  @Benchmark
  public void round() throws Exception {
    int partitions = Size.of(20_000, 100_000, 100_000);
    List<Contribution.FirstEvent> events = new ArrayList<>(partitions);
    for (int i = 0; i < partitions; i++) {
      events.add(new Contribution.FirstEvent(partId(i), Payloads.of(i)));
    }
    try (OpenJournal journal = new OpenJournal("bulk")) {
      heap().forEach(MemoryPoolMXBean::resetPeakUsage);
      Timing.Taken taken =
          Timing.time(
              () ->
                  journal
                      .queue()
                      .contribute("bulk", 1, new Contribution(events, List.of(), new byte[0]))
                      .toCompletableFuture()
                      .get(5, TimeUnit.MINUTES));
      long peak = heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      Figures.note("journal", partitions / taken.cpuSeconds(), "events/s/core");
      Figures.note("seconds", taken.seconds(), "s");
      Figures.note("heap", peak / 1e6, "MB");
    }
    Path directory = Scratch.directory("parquet");
    Timing.Taken raw =
        Timing.time(() -> RawParquet.write(directory.resolve("rows.parquet"), partitions));
    Figures.note("parquet", partitions / raw.cpuSeconds(), "events/s/core");
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
