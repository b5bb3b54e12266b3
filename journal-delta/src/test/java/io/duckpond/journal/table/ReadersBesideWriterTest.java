package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers, who cannot write, beside a writer that commits, checkpoints and cleans up. */
class ReadersBesideWriterTest {
  private static final int READERS = 3;
  private static final int COMMITS = Harness.size(400, 20_000);

  @TempDir private Path directory;

  private final Disk disk = new RealDisk();
  private final AtomicLong acknowledged = new AtomicLong();

  /** As a medium that is mounted to be read. */
  private static final class ReadOnlyDisk extends ForwardingDisk {
    private static final Set<String> READING = Set.of("open", "read", "list", "stat", "readlink");

    ReadOnlyDisk() {
      super(new RealDisk());
    }

    @Override
    protected void before(String operation, Path path) {
      if (!READING.contains(operation)) {
        throw new ReadOnlyFileSystemException();
      }
    }
  }

  @Test
  void alwaysSeeAWholeVersionThatIsNotOlderThanWhatWasAcknowledged() throws Exception {
    Harness harness = Harness.named("readers-beside-writer");
    LogTable.create(disk, directory, Map.of(LogTable.CHECKPOINT_INTERVAL, "3")).close();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    List<Future<?>> readers = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      boolean stays = reader == 0;
      readers.add(threads.submit(() -> readOn(harness, stays)));
    }

    try (LogTable table = LogTable.open(disk, directory)) {
      for (int txn = 1; txn <= COMMITS; txn++) {
        table.append(flush(txn, event("p" + txn % 5, txn, txn), transaction(txn)));
        acknowledged.set(txn);
      }
    } finally {
      acknowledged.set(COMMITS);
    }
    for (Future<?> reader : readers) {
      reader.get();
    }
    threads.shutdown();

    assertThat(LogListing.of(disk, directory).entries().first()).isPositive();
    harness.count("commits", COMMITS);
    harness.report();
  }

  /** Reads again and again, from one table that is open all the time or a new one each time. */
  private @Nullable Void readOn(Harness harness, boolean stays) throws IOException {
    LogTable table = LogTable.open(new ReadOnlyDisk(), directory);
    for (long seen = 0; seen < COMMITS; ) {
      long known = acknowledged.get();
      if (!stays) {
        table.close();
        table = LogTable.open(new ReadOnlyDisk(), directory);
      }
      TableVersion version = table.refresh();
      seen = version.txnSeq();
      assertThat(seen).as(harness.at(known)).isGreaterThanOrEqualTo(known);
      assertThat(version.files()).as(harness.at(known)).isEqualTo((int) seen);
      if (seen % 7 == 0) {
        assertThat(read(version, everything())).as(harness.at(known)).hasSize((int) seen * 2);
      }
      harness.count("reads", 1);
    }
    table.close();
    return null;
  }
}
