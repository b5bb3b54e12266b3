package io.duckpond.history;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.Oplog;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Finds the transactions that changed anything at or below a directory, as the tree was then. Reads
 * the events of the directories that ever were below it, one scan a level.
 */
final class Subtree {
  private final Oplog log;
  private final long pin;
  private final Executor executor;
  private final int parallelism;
  private final TreeSet<Long> transactions = new TreeSet<>();
  private final Map<NodeId, Set<Span>> seen = new HashMap<>();

  Subtree(Oplog log, long pin, Executor executor, int parallelism) {
    this.log = log;
    this.pin = pin;
    this.executor = executor;
    this.parallelism = parallelism;
  }

  /** What one event says of directories: who came and who went, by name. */
  private record Moves(long seqNr, long txnSeq, Map<EntryName, NodeId> came, Set<EntryName> went) {}

  /**
   * Returns the numbers of the transactions.
   *
   * @param presence when {@code top} was in the tree: a directory that goes writes no event for
   *     what leaves it in the same transaction, so that its own last event is no end of its
   *     children
   */
  TreeSet<Long> transactions(NodeId top, Set<Span> presence) throws IOException {
    Map<NodeId, Set<Span>> level = Map.of(top, presence);
    while (!level.isEmpty()) {
      Map<NodeId, List<Moves>> moves = read(level.keySet());
      Map<NodeId, Set<Span>> below = new HashMap<>();
      level.forEach(
          (directory, spans) -> {
            List<Moves> ordered = moves.getOrDefault(directory, List.of());
            ordered.sort(Comparator.comparingLong(Moves::seqNr));
            spans.forEach(span -> note(ordered, span));
            children(ordered).forEach((child, times) -> meet(child, times, spans, below));
          });
      level = below;
    }
    return transactions;
  }

  private Map<NodeId, List<Moves>> read(Set<NodeId> directories) throws IOException {
    Map<NodeId, List<Moves>> moves = new ConcurrentHashMap<>();
    log.replaySome(
        directories,
        pin,
        executor,
        parallelism,
        event ->
            moves.compute(
                event.directory(),
                (directory, known) -> {
                  List<Moves> all = known == null ? new ArrayList<>() : known;
                  all.add(moves(event));
                  return all;
                }));
    moves.keySet().retainAll(directories);
    return moves;
  }

  private static Moves moves(LoggedEvent event) {
    Map<EntryName, NodeId> came = new HashMap<>();
    Set<EntryName> went = new HashSet<>();
    for (DirectoryEntry change : event.event().own().changes()) {
      // Whatever else takes a name ends the time of the directory that had it.
      went.add(change.name());
      if (change.entry() instanceof Entry.Directory child && change.after().isPresent()) {
        came.put(change.name(), child.child());
      }
    }
    return new Moves(event.seqNr(), event.txnSeq(), came, went);
  }

  private void note(List<Moves> ordered, Span span) {
    ordered.stream().map(Moves::txnSeq).filter(span::contains).forEach(transactions::add);
  }

  private Map<NodeId, List<Span>> children(List<Moves> ordered) {
    Map<NodeId, List<Span>> times = new HashMap<>();
    Map<EntryName, Long> since = new HashMap<>();
    Map<EntryName, NodeId> here = new HashMap<>();
    for (Moves moves : ordered) {
      for (EntryName name : moves.went()) {
        NodeId child = here.remove(name);
        if (child != null) {
          end(times, child, new Span(since.getOrDefault(name, 1L), moves.txnSeq()));
        }
      }
      moves
          .came()
          .forEach(
              (name, child) -> {
                here.put(name, child);
                since.put(name, moves.txnSeq());
              });
    }
    here.forEach((name, child) -> end(times, child, new Span(since.getOrDefault(name, 1L), pin)));
    return times;
  }

  private static void end(Map<NodeId, List<Span>> times, NodeId child, Span span) {
    times.computeIfAbsent(child, none -> new ArrayList<>()).add(span);
  }

  private void meet(NodeId child, List<Span> times, Set<Span> spans, Map<NodeId, Set<Span>> below) {
    for (Span time : times) {
      for (Span span : spans) {
        Span both = time.and(span);
        if (!both.isEmpty() && seen.computeIfAbsent(child, none -> new HashSet<>()).add(both)) {
          below.computeIfAbsent(child, none -> new HashSet<>()).add(both);
        }
      }
    }
  }
}
