package io.duckpond.history;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.RecordRow;
import io.duckpond.view.Lineage;
import io.duckpond.view.Link;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The lineage of directories as the log has it. */
public final class LogLineage implements Lineage {
  private static final String EVENT = "event";

  private final Oplog log;
  private final Executor executor;
  private final int parallelism;

  /** Who was put where in the transactions that were read. */
  private final Map<NodeId, NodeId> birthplaces = new HashMap<>();

  private final Set<Long> read = new HashSet<>();

  /** What directories held last, by the directory. */
  private final Map<NodeId, Map<NodeId, Last>> lastOf = new HashMap<>();

  /** Of what {@code log} has seen; its threads help where all of it must be read. */
  public LogLineage(Oplog log, Executor executor, int parallelism) {
    this.log = log;
    this.executor = executor;
    this.parallelism = parallelism;
  }

  @Override
  public Changed changed(long after, long upTo) throws IOException {
    Set<NodeId> all = new HashSet<>();
    Set<NodeId> born = new HashSet<>();
    Set<NodeId> unsure = new HashSet<>();
    LogFilter range = new LogFilter(Optional.empty(), after + 1, upTo);
    try (Stream<RecordRow> records = log.reader().records(range, OplogReader.Bytes.SKIP)) {
      records
          .filter(record -> record.kind().equals(EVENT))
          .forEachOrdered(
              record -> {
                NodeId directory = NodeId.parse(record.partId());
                boolean begins = record.firstTxnSeq() > after;
                if (begins && record.firstVersion() == 1) {
                  born.add(directory);
                }
                (begins && record.txnSeq() <= upTo ? all : unsure).add(directory);
              });
    }
    // A record of several events may reach beyond the range, and have none of them within it.
    unsure.removeAll(all);
    if (!unsure.isEmpty()) {
      log.replayTransactions(unsure, after + 1, upTo, event -> all.add(event.directory()));
    }
    return new Changed(all, born);
  }

  /** A directory's first event and the event that puts it somewhere are of one transaction. */
  @Override
  public Optional<NodeId> birthplace(NodeId directory) throws IOException {
    if (!birthplaces.containsKey(directory)) {
      OptionalLong birth = log.firstTransaction(directory);
      if (birth.isPresent() && read.add(birth.getAsLong())) {
        log.replayTransaction(birth.getAsLong(), this::learn);
      }
    }
    return Optional.ofNullable(birthplaces.get(directory));
  }

  private void learn(LoggedEvent event) {
    for (DirectoryEntry change : event.event().own().changes()) {
      if (change instanceof DirectoryEntry.Put && change.entry() instanceof Entry.Directory child) {
        birthplaces.putIfAbsent(child.child(), event.directory());
      }
    }
  }

  @Override
  public Optional<NodeId> holder(NodeId node, NodeId holder, long asOf) throws IOException {
    List<Step> steps = Timeline.of(log, asOf, node, Set.of(holder));
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(steps.get(steps.size() - 1)).filter(Step::here).map(Step::directory);
  }

  @Override
  public Last last(NodeId node, NodeId holder, long asOf) throws IOException {
    Map<NodeId, Last> left = lastOf.get(holder);
    if (left == null) {
      left = new HashMap<>();
      Map<NodeId, Last> found = left;
      log.replay(holder, 0, asOf, event -> learnLast(event, found));
      lastOf.put(holder, left);
    }
    Last last = left.get(node);
    return last == null ? followed(node, holder, asOf) : last;
  }

  /** What has moved out of the directory its log cannot tell. */
  private static void learnLast(LoggedEvent event, Map<NodeId, Last> found) {
    for (DirectoryEntry change : event.event().own().changes()) {
      NodeId node = change.entry().child();
      if (change instanceof DirectoryEntry.MovedOut) {
        found.remove(node);
      } else {
        long version = change.entry().version();
        Last before = found.get(node);
        found.put(
            node,
            new Last(
                new Link(event.directory(), change.name()),
                before == null ? version : Math.max(version, before.version())));
      }
    }
  }

  private Last followed(NodeId node, NodeId holder, long asOf) throws IOException {
    List<Step> steps = new Places(log, asOf, executor, parallelism).timeline(node, holder);
    Step last = steps.get(steps.size() - 1);
    long version = steps.stream().mapToLong(step -> step.entry().version()).max().orElse(1);
    return new Last(new Link(last.directory(), last.name()), version);
  }
}
