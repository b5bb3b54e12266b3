package io.duckpond.transaction;

import io.duckpond.directory.Directory;
import io.duckpond.directory.DirectoryState;
import io.duckpond.node.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The directory actors of a Committer: started on a directory's first change, stopped when they
 * have been idle for longest and there are too many, never while a transaction needs them.
 */
final class DirectoryActors {
  private final ActorContext<?> context;
  private final BiFunction<NodeId, DirectoryState, Behavior<Directory.Command>> behavior;
  private final int limit;

  /** Least recently used first. */
  private final Map<NodeId, ActorRef<Directory.Command>> actors =
      new LinkedHashMap<>(16, 0.75f, true);

  private final Map<ActorRef<?>, NodeId> directories = new HashMap<>();
  private final Set<NodeId> inFlight = new HashSet<>();

  DirectoryActors(
      ActorContext<?> context,
      BiFunction<NodeId, DirectoryState, Behavior<Directory.Command>> behavior,
      int limit) {
    this.context = context;
    this.behavior = behavior;
    this.limit = limit;
  }

  /** Hands a directory its part of a transaction, starting its actor from {@code committed}. */
  void persist(NodeId directory, DirectoryState committed, Directory.Persist part) {
    ActorRef<Directory.Command> actor = actors.get(directory);
    if (actor == null) {
      actor = context.spawnAnonymous(behavior.apply(directory, committed));
      context.watch(actor);
      actors.put(directory, actor);
      directories.put(actor, directory);
    }
    inFlight.add(directory);
    actor.tell(part);
  }

  /** Says that no transaction needs these directories any more. */
  void release(Iterable<NodeId> idle) {
    idle.forEach(inFlight::remove);
    Iterator<Map.Entry<NodeId, ActorRef<Directory.Command>>> eldest = actors.entrySet().iterator();
    while (actors.size() > limit && eldest.hasNext()) {
      Map.Entry<NodeId, ActorRef<Directory.Command>> next = eldest.next();
      if (!inFlight.contains(next.getKey())) {
        eldest.remove();
        context.stop(next.getValue());
      }
    }
  }

  /** Stops a directory's actor, if there is one; returns whether its end will be told. */
  boolean stop(NodeId directory) {
    ActorRef<Directory.Command> actor = actors.get(directory);
    if (actor == null) {
      return false;
    }
    context.stop(actor);
    return true;
  }

  /** Takes note that an actor has ended; returns whose it was if it was still in use. */
  Optional<NodeId> ended(ActorRef<?> actor) {
    NodeId directory = directories.remove(actor);
    return directory != null && actors.remove(directory, actor)
        ? Optional.of(directory)
        : Optional.empty();
  }

  int size() {
    return actors.size();
  }
}
