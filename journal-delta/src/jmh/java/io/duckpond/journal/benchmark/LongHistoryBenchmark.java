package io.duckpond.journal.benchmark;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * P2: a commit of one event on a table of many transactions, beside the same on a table that is
 * new, with upkeep as it is by default. The first 10,000 transactions are a commit each; those up
 * to 100,000 come 64 at a time, as from many writers, except in a full run.
 */
@State(Scope.Benchmark)
public class LongHistoryBenchmark {
  private static final int AT_A_TIME = 64;
  private static final int ROUNDS = 3;

  /** Makes the history, and measures on the way. */
  @Benchmark
  public void round() throws Exception {
    int commits = Size.of(50, 200, 400);
    int alone = Size.of(1_000, 10_000, 100_000);
    int all = Size.of(3_000, 100_000, 100_000);
    OpenJournal.warmUp();
    try (OpenJournal journal = new OpenJournal("long")) {
      long seqNr = 0;
      while (seqNr < Size.of(1_000, 10_000, 10_000)) {
        commit(journal, ++seqNr);
      }
      seqNr = compare(journal, seqNr, commits, "10,000");
      while (seqNr < alone) {
        commit(journal, ++seqNr);
      }
      seqNr = grow(journal, seqNr, all);
      compare(journal, seqNr, commits, "100,000");
    }
  }

  private static long grow(OpenJournal journal, long from, long to) throws Exception {
    Queue<CompletableFuture<?>> underway = new ArrayDeque<>();
    long seqNr = from;
    while (seqNr < to) {
      while (underway.size() < AT_A_TIME) {
        underway.add(journal.submit("one", ++seqNr, 1));
      }
      while (!underway.isEmpty()) {
        underway.remove().get(1, TimeUnit.MINUTES);
      }
    }
    return seqNr;
  }

  private static long compare(OpenJournal journal, long from, int commits, String after)
      throws Exception {
    long[] seqNr = {from};
    double[] longMillis = new double[ROUNDS];
    double[] freshMillis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      try (OpenJournal fresh = new OpenJournal("fresh")) {
        long[] freshSeqNr = {0};
        freshMillis[round] = Timing.medianMillis(commits, () -> commit(fresh, ++freshSeqNr[0]));
        longMillis[round] = Timing.medianMillis(commits, () -> commit(journal, ++seqNr[0]));
      }
    }
    Figures.note("fresh, beside " + after, Timing.median(freshMillis), "ms");
    Figures.note("after " + after, Timing.median(longMillis), "ms");
    return seqNr[0];
  }

  private static void commit(OpenJournal journal, long seqNr) throws Exception {
    journal.submit("one", seqNr, 1).get(1, TimeUnit.MINUTES);
  }
}
