package io.duckpond.journal.benchmark;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

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
  private Path rocksDirectory;
  private Options rocksOptions;
  private WriteOptions synced;
  private RocksDB rocks;

  /** Warms up, and opens one of each. */
  @Setup
  public void open() throws Exception {
    OpenJournal.warmUp();
    journal = new OpenJournal("writers");
    seqNrs = new long[writers];
    rocksDirectory = Scratch.directory("rocksdb");
    rocksOptions = new Options().setCreateIfMissing(true);
    synced = new WriteOptions().setSync(true);
    rocks = RocksDB.open(rocksOptions, rocksDirectory.toString());
  }

  /** Writes in turn to each. */
  @Benchmark
  public void round() throws Exception {
    Duration time = Duration.ofMillis(Size.of(500, 2_000, 5_000));
    Figures.note("queue", Writers.threadsEventsPerSecond(writers, time, this::submit), "events/s");
    Figures.note("rocksdb", Writers.threadsEventsPerSecond(writers, time, this::put), "events/s");
  }

  /** Waits without a time-out, as RocksDB does: a thousand timers are not what is measured. */
  private void submit(int writer, long event) {
    journal.submit("writer-" + writer, ++seqNrs[writer], 1).join();
  }

  private void put(int writer, long event) throws Exception {
    ByteBuffer key = ByteBuffer.allocate(16).putLong(writer).putLong(++seqNrs[writer]);
    rocks.put(synced, key.array(), Payloads.of(event));
  }

  /** Closes each. */
  @TearDown
  public void close() throws Exception {
    journal.close();
    rocks.close();
    synced.close();
    rocksOptions.close();
  }
}
