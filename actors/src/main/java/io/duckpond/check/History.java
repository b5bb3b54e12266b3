package io.duckpond.check;

import io.duckpond.Finding;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.LogVisitor;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.restore.Replay;
import io.duckpond.view.Published;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything that a log's readable records say, however little that is: a directory whose events do
 * not add up is noted, and the others go on. Filled by many threads, then read by one.
 */
final class History implements LogVisitor {
  private final Map<NodeId, Partition> partitions = new ConcurrentHashMap<>();
  private final Map<Sha256, OplogEntry.LargeFile> largeFiles = new ConcurrentHashMap<>();
  private final RowIndex rows = new RowIndex();
  private final SeriesIndex series = new SeriesIndex();
  private final AtomicLong events = new AtomicLong();

  /** One directory's events; after the first that does not fit, only what was before counts. */
  private static final class Partition {
    private final Replay replay;
    private Optional<String> wrong = Optional.empty();

    Partition(NodeId directory) {
      this.replay = new Replay(directory);
    }

    synchronized void add(LoggedEvent event) {
      if (wrong.isEmpty()) {
        try {
          replay.add(event);
        } catch (DamageException e) {
          wrong = Optional.of(String.valueOf(e.getMessage()));
        }
      }
    }

    synchronized Published end() {
      if (wrong.isPresent()) {
        return replay.guess();
      }
      try {
        return replay.end();
      } catch (DamageException e) {
        wrong = Optional.of(String.valueOf(e.getMessage()));
        return replay.guess();
      }
    }
  }

  @Override
  public void event(LoggedEvent event) {
    events.incrementAndGet();
    partitions.computeIfAbsent(event.directory(), Partition::new).add(event);
    for (OplogEntry row : event.event().entries()) {
      if (row instanceof OplogEntry.LargeFile large) {
        largeFiles.putIfAbsent(large.sha256(), large);
        if (large.type().isSeries()) {
          series.add(large);
        }
        rows.add(
            new ContentLocator.Logged(event.directory().hex(), event.seqNr()),
            large.node(),
            large.version(),
            large.sha256());
      }
    }
  }

  @Override
  public void smallFile(ContentLocator.Logged place, OplogEntry.SmallFile row) {
    rows.add(place, row.node(), row.version(), row.sha256());
  }

  @Override
  public void pieces(ContentLocator.Logged place, OplogEntry.Pieces row) {
    rows.add(place, row.node(), row.version(), row.sha256());
    series.add(row);
  }

  /** Returns what is known of series. */
  SeriesIndex series() {
    return series;
  }

  /** Returns whether the event of a place could be read. */
  boolean hasEvent(ContentLocator.Logged place) {
    try {
      Partition partition = partitions.get(NodeId.parse(place.partId()));
      return partition != null && partition.replay.has(place.seqNr());
    } catch (IllegalArgumentException e) {
      return false; // no directory's id, so a staged file's, of which nothing was read
    }
  }

  /** Returns the number of events. */
  long events() {
    return events.get();
  }

  /** Returns every content in {@code contents/} that any version refers to. */
  Map<Sha256, OplogEntry.LargeFile> largeFiles() {
    return largeFiles;
  }

  /** Returns where versions of files stand. */
  RowIndex rows() {
    return rows;
  }

  /** What the events add up to, and what is wrong with the directories where they do not. */
  record Rebuilt(Map<NodeId, Published> directories, Map<NodeId, String> wrong) {}

  Rebuilt rebuild() {
    Map<NodeId, Published> directories = new HashMap<>();
    Map<NodeId, String> wrong = new HashMap<>();
    partitions.forEach(
        (directory, partition) -> {
          directories.put(directory, partition.end());
          partition.wrong.ifPresent(message -> wrong.put(directory, message));
        });
    return new Rebuilt(directories, wrong);
  }

  /** Returns what is wrong with directories as findings, each by its path. */
  static List<Finding> findings(Map<NodeId, String> wrong, Paths paths) {
    List<Finding> findings = new ArrayList<>();
    wrong.keySet().stream()
        .sorted(java.util.Comparator.comparing(NodeId::hex))
        .forEach(
            directory ->
                findings.add(
                    Finding.of(
                            Finding.Kind.BAD_DIRECTORY,
                            true,
                            "partition " + directory,
                            "events that follow one another",
                            String.valueOf(wrong.get(directory)),
                            "put the data files that are missing or damaged back from a copy")
                        .affecting(paths.of(directory).stream().toList())));
    return findings;
  }
}
