package io.duckpond.journal.benchmark;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * P5: all events of a table, decoded, by one thread and by two. Each transaction brings one event
 * to each of many partitions: a record of one row for each event, until upkeep merges them.
 */
@State(Scope.Benchmark)
public class RecoveryScanBenchmark {
  private static final ScanRequest EVENTS = ScanRequest.of(RecordKind.EVENT);

  private OpenJournal journal;
  private int events;
  private ExecutorService threads;

  /** Whether upkeep has merged the records: then each has all events of its partition. */
  @Param({"false", "true"})
  public boolean merged;

  /** Writes the events. */
  @Setup
  public void write() throws Exception {
    int partitions = Size.of(20_000, 100_000, 1_000_000);
    int each = Size.of(5, 10, 5);
    int inTransaction = Math.min(partitions, 100_000);
    journal =
        new OpenJournal(
            "recovery", Map.of("upkeep.merge-fan-in", 0, "upkeep.removed-file-retention", "0s"));
    threads = Executors.newFixedThreadPool(2);
    for (int seqNr = 1; seqNr <= each; seqNr++) {
      for (int from = 0; from < partitions; from += inTransaction) {
        List<PendingEvent> transaction = new ArrayList<>(inTransaction);
        for (int i = from; i < from + inTransaction; i++) {
          transaction.add(
              new PendingEvent(
                  BulkTransactionBenchmark.partId(i), seqNr, Payloads.of(i), "", "", List.of()));
        }
        journal.queue().submit(transaction).toCompletableFuture().get(5, TimeUnit.MINUTES);
      }
    }
    if (merged) {
      journal.maintain();
    }
    events = partitions * each;
  }

  /** Reads them in each way. */
  @Benchmark
  public void round() throws Exception {
    Timing.Taken one = Timing.time(() -> decode(1));
    Timing.Taken two = Timing.time(() -> decode(2));
    Timing.Taken records = Timing.time(this::records);
    Timing.Taken raw = Timing.time(this::raw);
    Figures.note("decoded", events / one.cpuSeconds(), "events/s/core");
    Figures.note("one thread", events / one.seconds(), "events/s");
    Figures.note("two threads", events / two.seconds(), "events/s");
    Figures.note("records", events / records.cpuSeconds(), "events/s/core");
    Figures.note("parquet", events / raw.cpuSeconds(), "events/s/core");
  }

  private void decode(int parallelism) throws IOException {
    TableVersion version = journal.table().head();
    LongAdder rows = new LongAdder();
    AtomicLong last = new AtomicLong(); // so that no row is made for nothing
    version.scanParallel(
        EVENTS,
        threads,
        parallelism,
        record -> {
          InnerRow[] newest = new InnerRow[1];
          journal.queue().recordCodec().decode(record, row -> newest[0] = row);
          last.setPlain(newest[0].seqNr() + newest[0].values().size());
          rows.add(record.count());
        });
    if (rows.sum() != events || last.get() == 0) {
      throw new IllegalStateException(rows.sum() + " events came back of " + events);
    }
  }

  private void records() throws IOException {
    LongAdder bytes = new LongAdder();
    journal
        .table()
        .head()
        .scanParallel(EVENTS, threads, 1, record -> bytes.add(record.content().length));
    if (bytes.sum() == 0) {
      throw new IllegalStateException("the records are empty");
    }
  }

  private void raw() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(journal.directory(), "*.parquet")) {
      for (Path file : files) {
        RawParquet.scan(file);
      }
    }
  }

  /** Closes what was opened. */
  @TearDown
  public void close() throws Exception {
    threads.shutdown();
    journal.close();
  }
}
