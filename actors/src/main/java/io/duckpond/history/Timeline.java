package io.duckpond.history;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.Oplog;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows one node through the directories that held it. Reads the events of these only, as each
 * move names the directory at its other end.
 */
final class Timeline {
  private final Oplog log;
  private final long pin;
  private final NodeId node;
  private final TreeMap<Long, Step> steps = new TreeMap<>();
  private final Set<NodeId> known = new HashSet<>();
  private final ArrayDeque<NodeId> next = new ArrayDeque<>();

  private Timeline(Oplog log, long pin, NodeId node) {
    this.log = log;
    this.pin = pin;
    this.node = node;
  }

  /**
   * Returns what happened to {@code node}, which {@code holders} hold or held, oldest first. What
   * became of it when a directory that held it was removed, only its new holder knows.
   */
  static List<Step> of(Oplog log, long pin, NodeId node, Set<NodeId> holders) throws IOException {
    Timeline timeline = new Timeline(log, pin, node);
    holders.forEach(timeline::follow);
    while (!timeline.next.isEmpty()) {
      NodeId directory = timeline.next.remove();
      Passage passage = timeline.new Passage(directory);
      log.replay(directory, 0, pin, passage::add);
    }
    return new ArrayList<>(timeline.steps.values());
  }

  private void follow(NodeId directory) {
    if (known.add(directory)) {
      next.add(directory);
    }
  }

  /** A transaction that moves a node is told of by both directories: the one that has it counts. */
  private void add(Step step) {
    steps.merge(step.txnSeq(), step, (one, other) -> one.here() ? one : other);
  }

  /** The node's time in one directory. */
  private final class Passage {
    private final NodeId directory;
    private Optional<EntryName> name = Optional.empty();
    private Optional<Entry> held = Optional.empty();

    Passage(NodeId directory) {
      this.directory = directory;
    }

    void add(LoggedEvent event) {
      Optional<DirectoryEntry> in = Optional.empty();
      Optional<DirectoryEntry> out = Optional.empty();
      boolean replaced = false;
      for (DirectoryEntry change : event.event().own().changes()) {
        boolean takes = change.after().isPresent();
        if (change.entry().child().equals(node)) {
          in = takes ? Optional.of(change) : in;
          out = takes ? out : Optional.of(change);
        } else if (takes && name.filter(change.name()::equals).isPresent()) {
          replaced = true;
        }
      }
      if (in.isPresent()) {
        arrived(event, in.get());
      } else if (out.isPresent()) {
        left(event, out.get());
      } else if (replaced) {
        gone(event);
      }
    }

    private void arrived(LoggedEvent event, DirectoryEntry change) {
      if (change instanceof DirectoryEntry.MovedIn moved) {
        follow(moved.from());
      }
      name = Optional.of(change.name());
      held = Optional.of(change.entry());
      Timeline.this.add(step(event, true));
    }

    private void left(LoggedEvent event, DirectoryEntry change) {
      if (change instanceof DirectoryEntry.MovedOut moved) {
        follow(moved.to());
      }
      name = Optional.of(change.name());
      held = Optional.of(change.entry());
      gone(event);
    }

    private void gone(LoggedEvent event) {
      Timeline.this.add(step(event, false));
      name = Optional.empty();
      held = Optional.empty();
    }

    private Step step(LoggedEvent event, boolean here) {
      return new Step(
          event.txnSeq(),
          event.timestampMicros(),
          here,
          directory,
          name.orElseThrow(),
          held.orElseThrow());
    }
  }
}
