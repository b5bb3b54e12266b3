package io.duckpond.journal.benchmark;

import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * P3: many threads, each on a partition of its own and each waiting for its event to be durable.
 */
@State(Scope.Benchmark)
public class ConcurrentWritersBenchmark {
  /** How many. */
  @Param({"64", "1000"})
  public int writers;

  private OpenJournal journal;
  private long[] seqNrs;
  private SyncedRocksDb rocks;

  /** Warms up, and opens one of each. */
  @Setup
  public void open() throws Exception {
    OpenJournal.warmUp();
    journal = new OpenJournal("writers");
    seqNrs = new long[writers];
    rocks = new SyncedRocksDb(writers);
  }

  /** Writes in turn to each. */
  @Benchmark
  public void round() throws Exception {
    Duration time = Duration.ofMillis(Size.of(500, 2_000, 5_000));
    Figures.note("queue", Writers.threadsEventsPerSecond(writers, time, this::submit), "events/s");
    Figures.note("rocksdb", rocks.eventsPerSecond(time), "events/s");
  }

  /** Waits without a time-out, as RocksDB does: a thousand timers are not what is measured. */
  private void submit(int writer, long event) {
    journal.submit("writer-" + writer, ++seqNrs[writer], 1).join();
  }

  /** Closes each. */
  @TearDown
  public void close() throws Exception {
    journal.close();
    rocks.close();
  }
}
