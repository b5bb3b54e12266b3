package io.duckpond.journal.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Durable transactions of a few and of many events, one after another: how fast, how large. */
@State(Scope.Benchmark)
public class BatchSizeBenchmark {
  /** Events in a transaction. */
  @Param({"1", "10", "100", "1000"})
  public int batch;

  /** Writes transactions for a time. */
  @Benchmark
  public void round() throws Exception {
    long nanos = TimeUnit.MILLISECONDS.toNanos(Size.of(700, 2_000, 5_000));
    try (OpenJournal journal = new OpenJournal("batch")) {
      long[] seqNr = {0};
      Timing.Taken taken =
          Timing.time(
              () -> {
                long end = System.nanoTime() + nanos;
                while (System.nanoTime() < end) {
                  journal.submit("one", seqNr[0] + 1, batch).get(1, TimeUnit.MINUTES);
                  seqNr[0] += batch;
                }
              });
      Figures.note("batches of " + batch, seqNr[0] / taken.seconds(), "events/s");
      double bytes = Scratch.bytes(journal.directory());
      Figures.note("bytes an event, " + batch, bytes / seqNr[0], "bytes");
    }
  }
}
