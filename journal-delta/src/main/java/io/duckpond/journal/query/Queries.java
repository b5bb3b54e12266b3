package io.duckpond.journal.query;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.duckpond.journal.DeltaJournal;
import io.duckpond.journal.MachineSetup;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.EventCodecs;
import io.duckpond.journal.attachment.Attachment;
import io.duckpond.journal.attachment.AttachmentKey;
import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.CommitQueues;
import io.duckpond.journal.recovery.BulkRecovery;
import io.duckpond.journal.recovery.RecoveredPartition;
import io.duckpond.journal.recovery.RecoveryOptions;
import io.duckpond.journal.recovery.RecoveryProgress;
import io.duckpond.journal.table.LogTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.journal.EventAdapters;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContextExecutor;

/** The queries of one read journal, for both of Pekko's languages. Any thread. */
final class Queries {
  private final ExtendedActorSystem system;
  private final QuerySettings settings;
  private final ExecutionContextExecutor readers;

  /** Those of a journal are known once it runs. */
  private final Supplier<EventAdapters> adapters;

  // Guarded by this.
  private @Nullable OwnTable own;
  private @Nullable FollowedTable followed;

  Queries(ExtendedActorSystem system, Config config) {
    this.system = system;
    this.settings = QuerySettings.from(config);
    this.readers = system.dispatchers().lookup(settings.readDispatcher());
    if (settings.directory().isPresent()) {
      EventAdapters own = EventAdapters.apply(system, config);
      this.adapters = () -> own;
    } else {
      requireDeltaJournal();
      this.adapters = this::adaptersOfJournal;
    }
  }

  Source<String, NotUsed> persistenceIds(boolean live) {
    return source("persistenceIds", table -> new PersistenceIdReader(settings.readBytes()), live);
  }

  Source<EventEnvelope, NotUsed> byPersistenceId(String id, long from, long to, boolean live) {
    return source(
        "eventsByPersistenceId",
        table -> new PartitionReader(table, envelopes(table), settings.readBytes(), id, from, to),
        live);
  }

  Source<EventEnvelope, NotUsed> byTag(String tag, Offset offset, boolean live) {
    return inCommitOrder("eventsByTag", offset, event -> event.tags().contains(tag), live);
  }

  Source<EventEnvelope, NotUsed> inCommitOrder(Offset offset, boolean live) {
    return inCommitOrder("eventsInCommitOrder", offset, event -> true, live);
  }

  private Source<EventEnvelope, NotUsed> inCommitOrder(
      String name, Offset offset, Predicate<StoredEvent> wanted, boolean live) {
    CommitOffset after = CommitOffset.from(offset);
    return source(
        name,
        table ->
            new CommitOrderReader(table, envelopes(table), settings.readBytes(), after, wanted),
        live);
  }

  Source<RecoveredPartition, RecoveryProgress> recoverAll(RecoveryOptions options) {
    return BulkRecovery.partitions(
        () -> table().thenApply(table -> new RecoveredTable(table, envelopes(table))),
        options,
        readers);
  }

  CompletionStage<Attachment> attachment(AttachmentKey key) {
    return table()
        .thenCompose(table -> table.newest().thenApply(version -> table))
        .thenApplyAsync(
            table -> {
              try {
                return table.events().attachments().find(key);
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            },
            readers);
  }

  private Envelopes envelopes(EventTable table) {
    return new Envelopes(table.events(), adapters.get());
  }

  private <T> Source<T, NotUsed> source(
      String name, Function<EventTable, ChunkReader<T>> reader, boolean live) {
    return Source.fromGraph(new ChunkSource<>(name, this::table, reader, live, readers));
  }

  private CompletionStage<EventTable> table() {
    Optional<Path> directory = settings.directory();
    return directory.isPresent()
        ? CompletableFuture.supplyAsync(() -> followed(directory.get()), readers)
        : queue().thenApply(this::own);
  }

  /** What is known of deletions is kept as long as the journal runs. */
  private synchronized EventTable own(CommitQueue queue) {
    OwnTable known = own;
    if (known == null || known.queue() != queue) {
      known = new OwnTable(queue, new Deletions());
      own = known;
    }
    return known;
  }

  private synchronized EventTable followed(Path directory) {
    FollowedTable known = followed;
    if (known == null) {
      try {
        EventCodec codec = EventCodecs.named(settings.codec(), system);
        known =
            new FollowedTable(
                LogTable.open(MachineSetup.machineOf(system), directory),
                codec,
                readers,
                system.scheduler(),
                settings.pollInterval());
      } catch (IOException | ReflectiveOperationException e) {
        throw new CompletionException(e);
      }
      system.registerOnTermination(known::close);
      followed = known;
    }
    return known;
  }

  private CompletionStage<CommitQueue> queue() {
    String journal = settings.journal();
    CommitQueues queues = CommitQueues.get(system);
    Optional<CommitQueue> running = queues.started(journal);
    if (running.isPresent()) {
      return CompletableFuture.completedFuture(running.get());
    }
    if (!isConfigured(journal)) {
      return CompletableFuture.failedFuture(
          new ConfigException.BadValue(
              "journal",
              "["
                  + journal
                  + "] is not in the system's configuration: a journal that is configured at run"
                  + " time can be queried once an actor has started it"));
    }
    return queues.start(journal);
  }

  private EventAdapters adaptersOfJournal() {
    Config section =
        CommitQueues.get(system)
            .section(settings.journal())
            .orElseThrow(() -> new IllegalStateException(settings.journal() + " has not started"));
    return EventAdapters.apply(system, section);
  }

  private boolean isConfigured(String journal) {
    return system.settings().config().hasPath(journal + ".class");
  }

  private void requireDeltaJournal() {
    String journal = settings.journal();
    if (isConfigured(journal)) {
      String plugin = system.settings().config().getString(journal + ".class");
      if (!plugin.equals(DeltaJournal.class.getName())) {
        throw new ConfigException.BadValue(
            "journal", "[" + journal + "] is a " + plugin + ", not a delta journal");
      }
    }
  }
}
