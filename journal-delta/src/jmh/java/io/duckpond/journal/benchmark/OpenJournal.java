package io.duckpond.journal.benchmark;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.DeltaJournalSettings;
import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.commit.Receipt;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A journal with the default settings, without actors, in a directory of its own. */
final class OpenJournal implements AutoCloseable {
  private final Path directory;
  private final LogTable table;
  private final CommitQueue queue;
  private final ExecutorService committer = Executors.newFixedThreadPool(2);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  OpenJournal(String name) throws IOException {
    this(name, Map.of());
  }

  /** One of whose settings some are others than by default. */
  OpenJournal(String name, Map<String, Object> others) throws IOException {
    this.directory = Scratch.directory(name);
    Machine machine = Machine.real();
    DeltaJournalSettings settings = settings(others);
    LogTable.create(machine, directory, Map.of()).close();
    this.table =
        LogTable.open(machine, directory, settings.upkeep().with(new StreamMerger(new Payloads())));
    this.queue =
        new CommitQueue(
            table,
            new Payloads(),
            settings.commit(),
            machine.clock(),
            committer,
            (delay, task) -> {
              ScheduledFuture<?> later =
                  timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
              return () -> later.cancel(false);
            });
  }

  /**
   * Commits until the compiler has seen to most of what a commit runs through: much of that is
   * called once for each, and compiled for good after some ten thousand calls.
   */
  static void warmUp() throws Exception {
    try (OpenJournal journal = new OpenJournal("warm")) {
      for (int commit = 0; commit < Size.of(500, 10_000, 20_000); commit++) {
        journal.submit("one", 1 + 5L * commit, 1 + commit % 5).get(1, TimeUnit.MINUTES);
      }
    }
  }

  private DeltaJournalSettings settings(Map<String, Object> others) {
    Config defaults = ConfigFactory.load().getConfig("pekko.persistence.delta.journal");
    Config directoryOnly = ConfigFactory.parseMap(Map.of("directory", directory.toString()));
    return DeltaJournalSettings.from(
        ConfigFactory.parseMap(others).withFallback(directoryOnly).withFallback(defaults));
  }

  Path directory() {
    return directory;
  }

  LogTable table() {
    return table;
  }

  CommitQueue queue() {
    return queue;
  }

  /** Merges what can be merged, and removes what nobody needs any more. */
  void maintain() throws Exception {
    queue.maintain().toCompletableFuture().get(10, TimeUnit.MINUTES);
  }

  /** Queues {@code count} events of one partition as one transaction. */
  CompletableFuture<Receipt> submit(String partId, long firstSeqNr, int count) {
    List<PendingEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long seqNr = firstSeqNr + i;
      events.add(new PendingEvent(partId, seqNr, Payloads.of(seqNr), "", "", List.of()));
    }
    return queue.submit(events).toCompletableFuture();
  }

  @Override
  public void close() throws IOException {
    queue.close();
    table.close();
    committer.shutdown();
    timer.shutdownNow();
  }
}
