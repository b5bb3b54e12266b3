package io.duckpond.restore;

import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectorySnapshot;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.ReadCounts;
import io.duckpond.view.Published;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Rebuilds every directory that the log knows, removed ones included, in one parallel scan.
 *
 * <pre>
 *   row groups ──► decode ──► events of each partition, in any order ──► Replay ──► state
 *   (all cores)   (all cores)                                         (one lock each)
 * </pre>
 *
 * What is checked: the digest of every record read, that the events of each partition are numbered
 * without gap from 1, that transactions do not go back in time along them, and that each fits what
 * was before. Whatever does not hold is a {@code DamageException} naming partition and transaction.
 */
public final class RestoreScan {
  private static final long REPORT_EVERY = 1000;

  private final Map<NodeId, Replay> replays = new ConcurrentHashMap<>();
  private final AtomicLong events = new AtomicLong();
  private final LongConsumer progress;

  private RestoreScan(LongConsumer progress) {
    this.progress = progress;
  }

  /**
   * What a scan rebuilt.
   *
   * @param directories the state of each as its last event up to the wanted transaction left it
   * @param events how many were replayed
   * @param read records and bytes that held them
   */
  public record Restored(Map<NodeId, Published> directories, long events, ReadCounts read) {
    public Restored {
      directories = Map.copyOf(directories);
    }

    /** Returns the number of partitions. */
    public long partitions() {
      return directories.size();
    }
  }

  /**
   * Replays all events up to transaction {@code asOf}, with up to {@code parallelism} tasks on
   * {@code executor}.
   *
   * @param progress told now and then, from any thread, how many events have been replayed
   */
  public static Restored run(
      Oplog log, long asOf, Executor executor, int parallelism, LongConsumer progress)
      throws IOException {
    RestoreScan scan = new RestoreScan(progress);
    ReadCounts read = log.replayAll(asOf, executor, parallelism, scan::add);
    Map<NodeId, Published> directories = new HashMap<>();
    for (Map.Entry<NodeId, Replay> replay : scan.replays.entrySet()) {
      directories.put(replay.getKey(), replay.getValue().end());
    }
    return new Restored(directories, scan.events.get(), read);
  }

  private void add(LoggedEvent event) {
    replays.computeIfAbsent(event.directory(), Replay::new).add(event);
    long count = events.incrementAndGet();
    if (count % REPORT_EVERY == 0) {
      progress.accept(count);
    }
  }

  /** Rebuilds some directories in one scan; damage if the log has no event of one of them. */
  static Map<NodeId, Published> some(
      Oplog log, Set<NodeId> directories, long asOf, Executor executor, int parallelism)
      throws IOException {
    Map<NodeId, Replay> replays = new HashMap<>();
    directories.forEach(directory -> replays.put(directory, new Replay(directory)));
    log.replaySome(
        directories,
        asOf,
        executor,
        parallelism,
        event -> {
          Replay replay = replays.get(event.directory());
          if (replay != null) {
            replay.add(event);
          }
        });
    Map<NodeId, Published> rebuilt = new HashMap<>();
    replays.forEach((directory, replay) -> rebuilt.put(directory, replay.end()));
    return rebuilt;
  }

  /** Rebuilds one directory as of a transaction; damage if the log has no event of it. */
  public static Published one(Oplog log, NodeId directory, long asOf) throws IOException {
    Replay replay = new Replay(directory);
    log.replay(directory, 0, asOf, replay::add);
    return replay.end();
  }

  /**
   * Rebuilds one directory from a snapshot of it and the events since; empty if the snapshot is not
   * of this log.
   */
  static Optional<Published> since(Oplog log, DirectorySnapshot base, long asOf)
      throws IOException {
    Replay replay = new Replay(base);
    return log.replay(base, asOf, replay::add) ? Optional.of(replay.end()) : Optional.empty();
  }
}
