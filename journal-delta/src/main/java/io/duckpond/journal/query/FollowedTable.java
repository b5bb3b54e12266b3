package io.duckpond.journal.query;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.attachment.EventReader;
import io.duckpond.journal.attachment.StoredAttachments;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import scala.concurrent.ExecutionContextExecutor;

/**
 * A table that another process writes: its log is looked at from time to time, for all queries
 * together and only while there are any.
 */
final class FollowedTable implements EventTable, AutoCloseable {
  /** Nothing is encoded here. */
  private static final long ENCODING_MEMORY = 1 << 20;

  private final LogTable table;
  private final RecordCodec records;
  private final EventReader events;
  private final Deletions deletions = new Deletions();
  private final ExecutionContextExecutor readers;
  private final Scheduler scheduler;
  private final Duration interval;

  // Guarded by watchers.
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private Cancellable polling = Cancellable.alreadyCancelled();

  /** The version at the last look; for the polling task alone. */
  private volatile long seen = -1;

  /** What went wrong at the last look. */
  private volatile Optional<Exception> failure = Optional.empty();

  FollowedTable(
      LogTable table,
      EventCodec codec,
      ExecutionContextExecutor readers,
      Scheduler scheduler,
      Duration interval) {
    this.table = table;
    this.records = new RecordCodec(codec.columns(), ENCODING_MEMORY);
    this.events = new EventReader(codec, new StoredAttachments(codec, records, table::head));
    this.readers = readers;
    this.scheduler = scheduler;
    this.interval = interval;
  }

  @Override
  public EventReader events() {
    return events;
  }

  @Override
  public RecordCodec records() {
    return records;
  }

  @Override
  public Deletions deletions() {
    return deletions;
  }

  @Override
  public CompletionStage<TableVersion> newest() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            TableVersion newest = table.refresh();
            failure = Optional.empty();
            return newest;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        readers);
  }

  /** A look costs as much as opening the table if that has moved on: one for all, then. */
  @Override
  public CompletionStage<TableVersion> known() {
    return failure
        .<CompletionStage<TableVersion>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(table.head()));
  }

  @Override
  public Runnable watch(Runnable changed) {
    Watcher watcher = new Watcher(changed);
    synchronized (watchers) {
      watchers.add(watcher);
      if (watchers.size() == 1) {
        schedule();
      }
    }
    return () -> {
      synchronized (watchers) {
        watchers.remove(watcher);
        if (watchers.isEmpty()) {
          polling.cancel();
        }
      }
    };
  }

  private void schedule() {
    polling = scheduler.scheduleOnce(interval, this::poll, readers);
  }

  private void poll() {
    boolean tell;
    try {
      long version = table.refresh().version();
      tell = version != seen;
      seen = version;
      failure = Optional.empty();
    } catch (IOException | RuntimeException e) {
      failure = Optional.of(e);
      tell = true; // who waits has to fail, rather than wait for ever
    }
    List<Watcher> told;
    synchronized (watchers) {
      told = List.copyOf(watchers);
      if (!told.isEmpty()) {
        polling.cancel();
        schedule();
      }
    }
    if (tell) {
      told.forEach(watcher -> watcher.changed.run());
    }
  }

  @Override
  public void close() {
    records.close();
    table.close();
  }

  /** Not equal to any other, should the same task watch twice. */
  private static final class Watcher {
    private final Runnable changed;

    Watcher(Runnable changed) {
      this.changed = changed;
    }
  }
}
