package io.duckpond.journal.commit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.persistence.Persistence;

/**
 * The queues of a system's journals and snapshot stores, by plugin id; each tells of its own. Any
 * thread.
 */
public final class CommitQueues implements Extension {
  private static final Id ID = new Id();

  private final ExtendedActorSystem system;

  /** By plugin id; a queue that is still to come completes it when its journal has started. */
  private final Map<String, CompletableFuture<CommitQueue>> queues = new HashMap<>();

  private final Map<String, Config> sections = new ConcurrentHashMap<>();

  private CommitQueues(ExtendedActorSystem system) {
    this.system = system;
  }

  /** Returns the extension of a system. */
  public static CommitQueues get(ActorSystem system) {
    return ID.get(system);
  }

  /** Returns the queue of a journal that has started and works. */
  public Optional<CommitQueue> started(String pluginId) {
    CompletableFuture<CommitQueue> queue;
    synchronized (queues) {
      queue = queues.get(pluginId);
    }
    return queue == null || queue.isCompletedExceptionally()
        ? Optional.empty()
        : Optional.ofNullable(queue.getNow(null));
  }

  /**
   * Returns the queue of a journal, which is started if need be; fails if it cannot start.
   *
   * @param pluginId path of the section of a journal that tells of its queue: any other never
   *     completes the stage
   */
  public CompletionStage<CommitQueue> start(String pluginId) {
    // Starts the plugin, which registers its queue; does nothing if it runs.
    Persistence.get(system).journalFor(pluginId, ConfigFactory.empty());
    return registered(pluginId);
  }

  /** Returns the queue of a snapshot store, likewise. */
  public CompletionStage<CommitQueue> startSnapshots(String pluginId) {
    Persistence.get(system).snapshotStoreFor(pluginId, ConfigFactory.empty());
    return registered(pluginId);
  }

  private CompletionStage<CommitQueue> registered(String pluginId) {
    synchronized (queues) {
      return queues.computeIfAbsent(pluginId, id -> new CompletableFuture<>());
    }
  }

  /** Returns the configuration of a plugin that has started, wherever it came from. */
  public Optional<Config> section(String pluginId) {
    return Optional.ofNullable(sections.get(pluginId));
  }

  /** Told by a plugin that has started, or has failed to. */
  public void register(String pluginId, Config section, CompletableFuture<CommitQueue> queue) {
    sections.put(pluginId, section);
    CompletableFuture<CommitQueue> before;
    synchronized (queues) {
      before = queues.put(pluginId, queue);
    }
    if (before != null && !before.isDone()) {
      CompletionStage<CommitQueue> unused =
          queue.whenComplete(
              (started, failure) -> {
                if (failure == null) {
                  before.complete(started);
                } else {
                  before.completeExceptionally(failure);
                }
              });
    }
  }

  private static final class Id extends AbstractExtensionId<CommitQueues> {
    @Override
    public CommitQueues createExtension(ExtendedActorSystem system) {
      return new CommitQueues(system);
    }
  }
}
