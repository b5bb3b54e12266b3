package io.duckpond.journal.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Durable transactions of few and of many events, one after another: how fast, how large. */
@State(Scope.Benchmark)
public class BatchSizeBenchmark {
  /** Events in a transaction. */
  static final List<Integer> BATCHES = List.of(1, 10, 100, 1_000);

  static String speed(int batch) {
    return "speed of " + batch;
  }

  static String bytes(int batch) {
    return "bytes of " + batch;
  }

  /** Warms up. */
  @Setup
  public void warmUp() throws Exception {
    OpenJournal.warmUp();
  }

  /** Writes transactions of each size for a time. */
  @Benchmark
  public void round() throws Exception {
    for (int batch : BATCHES) {
      write(batch);
    }
  }

  private static void write(int batch) throws Exception {
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
      Figures.note(speed(batch), seqNr[0] / taken.seconds(), "events/s");
      Figures.note(bytes(batch), (double) Scratch.bytes(journal.directory()) / seqNr[0], "bytes");
    }
  }
}
