package io.duckpond.history;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.Oplog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Where directories were after each transaction. It is told of the directories on the way to the
 * node in question; only if a move leads to one beside that way, the events of all are read, once.
 * For one thread.
 */
final class Places {
  /** A path has at most 4,096 bytes, so fewer directories: more are a circle. */
  private static final int MOST_LEVELS = 4096;

  private final Oplog log;
  private final long pin;
  private final Executor executor;
  private final int parallelism;

  /** A directory that holds or held each: the whole way is found from there. */
  private final Map<NodeId, NodeId> holders = new ConcurrentHashMap<>();

  private final Map<NodeId, List<Step>> timelines = new HashMap<>();
  private final Set<NodeId> beingRead = new HashSet<>();
  private boolean allHoldersKnown;

  Places(Oplog log, long pin, Executor executor, int parallelism) {
    this.log = log;
    this.pin = pin;
    this.executor = executor;
    this.parallelism = parallelism;
  }

  /** Says that {@code holder} holds or held {@code directory}. */
  void know(NodeId directory, NodeId holder) {
    holders.put(directory, holder);
  }

  /** Returns the path of a directory after a transaction, or the last one it had by then. */
  String path(NodeId directory, long txnSeq) throws IOException {
    return path(directory, txnSeq, 0);
  }

  private String path(NodeId directory, long txnSeq, int levels) throws IOException {
    if (directory.equals(NodeId.ROOT)) {
      return "/";
    }
    if (levels > MOST_LEVELS) {
      throw belowItself(directory);
    }
    List<Step> steps = timeline(directory);
    Step place = steps.get(0);
    for (Step step : steps) {
      if (step.txnSeq() <= txnSeq) {
        place = step;
      }
    }
    return child(path(place.directory(), txnSeq, levels + 1), place.name().value());
  }

  /** Returns the step that took a directory, or one above it, out of the tree, if one did. */
  Optional<Step> end(NodeId directory) throws IOException {
    return directory.equals(NodeId.ROOT) ? Optional.empty() : end(timeline(directory));
  }

  private Optional<Step> end(List<Step> steps) throws IOException {
    Step last = steps.get(steps.size() - 1);
    return last.here() ? end(last.directory()) : Optional.of(last);
  }

  /** Returns the path of a name in a directory. */
  static String child(String directory, String name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }

  private List<Step> timeline(NodeId directory) throws IOException {
    List<Step> known = timelines.get(directory);
    if (known == null) {
      if (!beingRead.add(directory)) {
        throw belowItself(directory);
      }
      known = timeline(directory, holder(directory));
      timelines.put(directory, known);
      beingRead.remove(directory);
    }
    return known;
  }

  /** Returns all that happened to a node, which {@code holder} holds or held, oldest first. */
  List<Step> timeline(NodeId node, NodeId holder) throws IOException {
    Set<NodeId> holders = new HashSet<>(Set.of(holder));
    while (true) {
      List<Step> steps = Timeline.of(log, pin, node, holders);
      if (steps.isEmpty()) {
        throw unheld(node);
      }
      Optional<Step> end = end(steps);
      // Whatever a directory held, one that is removed says nothing any more: had it just left?
      Optional<NodeId> refuge =
          end.isPresent() ? arrival(node, end.get().txnSeq()) : Optional.empty();
      if (refuge.isEmpty() || !holders.add(refuge.get())) {
        return steps;
      }
    }
  }

  private Optional<NodeId> arrival(NodeId node, long txnSeq) throws IOException {
    List<NodeId> found = new ArrayList<>();
    log.replayTransaction(
        txnSeq,
        event -> {
          for (DirectoryEntry change : event.event().own().changes()) {
            if (change.entry().child().equals(node) && change.after().isPresent()) {
              found.add(event.directory());
            }
          }
        });
    return found.stream().findFirst();
  }

  private NodeId holder(NodeId directory) throws IOException {
    if (!holders.containsKey(directory) && !allHoldersKnown) {
      log.replayAll(pin, executor, parallelism, this::knowChildren);
      allHoldersKnown = true;
    }
    NodeId holder = holders.get(directory);
    if (holder == null) {
      throw unheld(directory);
    }
    return holder;
  }

  private void knowChildren(LoggedEvent event) {
    for (DirectoryEntry change : event.event().own().changes()) {
      if (change.entry() instanceof Entry.Directory child && change.after().isPresent()) {
        holders.putIfAbsent(child.child(), event.directory());
      }
    }
  }

  private static DamageException belowItself(NodeId directory) {
    return new DamageException("directory " + directory + ": it lies below itself");
  }

  private static DamageException unheld(NodeId node) {
    return new DamageException(
        "node " + node + ": the log names it, but no directory ever held it");
  }
}
