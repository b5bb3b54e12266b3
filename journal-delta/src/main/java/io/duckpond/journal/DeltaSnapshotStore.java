package io.duckpond.journal;

import com.typesafe.config.Config;
import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.CommitQueues;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/**
 * The snapshot store plugin that Pekko loads, on a table of its own. A saved snapshot is as durable
 * as an event: events below it may be deleted. If the table cannot be opened, every call fails with
 * the reason.
 */
public final class DeltaSnapshotStore extends SnapshotStore {
  private final PluginResources resources = new PluginResources();
  private final CompletableFuture<SnapshotTable> table;

  /** Called by Pekko with the plugin's section and the path of it. */
  public DeltaSnapshotStore(Config config, String configPath) {
    this.table = open(context().system(), config, configPath);
    CommitQueues.get(context().system())
        .register(configPath, config, table.thenApply(SnapshotTable::queue));
  }

  private CompletableFuture<SnapshotTable> open(
      ActorSystem system, Config config, String configPath) {
    try {
      DeltaSnapshotSettings settings = DeltaSnapshotSettings.from(config);
      SnapshotCodec codec = new SnapshotCodec(system);
      CommitQueue queue =
          resources.add(
              new CommitQueue(
                  PluginTable.open(
                      settings.table(),
                      settings.upkeep().with(new SnapshotMerger()).forgettingDeleted(),
                      system,
                      configPath,
                      resources),
                  codec,
                  settings.commit(),
                  MachineSetup.machineOf(system).clock(),
                  system.dispatchers().lookup(settings.table().commitDispatcher()),
                  PluginTable.timer(system)));
      return CompletableFuture.completedFuture(
          new SnapshotTable(
              queue, codec, system.dispatchers().lookup(settings.table().readDispatcher())));
    } catch (Exception e) {
      resources.close();
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Ends the last flush before it returns: a next store finds the table free. */
  @Override
  public void postStop() {
    resources.close();
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return ScalaFutures.of(table.thenCompose(opened -> opened.load(persistenceId, criteria)));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return ScalaFutures.of(table.thenCompose(opened -> opened.save(metadata, snapshot)));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    long sequenceNr = metadata.sequenceNr();
    // A timestamp of 0 is Pekko's way to say that any will do.
    return doDeleteAsync(
        metadata.persistenceId(),
        SnapshotSelectionCriteria.create(
            sequenceNr,
            metadata.timestamp() == 0 ? Long.MAX_VALUE : metadata.timestamp(),
            sequenceNr,
            metadata.timestamp()));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return ScalaFutures.of(table.thenCompose(opened -> opened.delete(persistenceId, criteria)));
  }
}
