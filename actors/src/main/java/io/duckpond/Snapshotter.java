package io.duckpond;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectorySnapshot;
import io.duckpond.oplog.Snapshots;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.Published;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots of directories whose history since the last one has grown long, from what
 * readers see, on a thread of its own. Only the process that holds the write lock has anything
 * published to it, so only that one writes. What fails is logged and left: snapshots are a cache.
 *
 * <p>Long is measured against the directory: a snapshot costs as much as its entries, so every 250
 * of them allow one file more. So the bytes that snapshots take stay in proportion to the commits
 * that caused them, however large a directory is.
 */
final class Snapshotter {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshotter.class);

  private static final int ENTRIES_PER_FILE = 250;

  /** Replaying so many events costs more than reading a small snapshot. */
  private static final int FREE_EVENTS = 1000;

  /** Entries that are written in one commit, unless a single directory has more. */
  private static final int BATCH_ENTRIES = 20_000;

  private static final int BATCH_DIRECTORIES = 1000;

  /** Changed directories that are remembered; of those forgotten a later change will remind us. */
  private static final int REMEMBERED = 10_000;

  /** Directories that closing looks at. */
  private static final int AT_CLOSE = 100;

  private final Snapshots snapshots;
  private final CommittedStates states;
  private final Threads threads;
  private final PondSettings.Snapshots setting;

  /** Changes of each directory since it was last looked at, the longest ago first; our guard. */
  private final Map<NodeId, Integer> changes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
  private boolean scheduled;
  private volatile boolean closing;

  Snapshotter(
      Snapshots snapshots,
      CommittedStates states,
      Threads threads,
      PondSettings.Snapshots setting) {
    this.snapshots = snapshots;
    this.states = states;
    this.threads = threads;
    this.setting = setting;
  }

  /** Learns that a transaction has changed directories. Any thread; never blocks. */
  void published(Collection<NodeId> directories) {
    synchronized (changes) {
      boolean due = false;
      for (NodeId directory : directories) {
        due |= changes.merge(directory, 1, Integer::sum) > setting.tailFiles();
      }
      if (due && !scheduled && !closing) {
        scheduled = true;
        running = Stages.call(this::run, threads.snapshots());
      }
    }
  }

  private Void run() {
    while (true) {
      List<NodeId> due = due();
      if (due.isEmpty()) {
        return null;
      }
      write(due, setting.tailFiles(), () -> closing);
      synchronized (changes) {
        if (closing) {
          due.forEach(directory -> changes.putIfAbsent(directory, 1)); // for close to look at
        }
      }
    }
  }

  /** Takes directories with enough changes; with none left, the next one starts a new run. */
  private List<NodeId> due() {
    synchronized (changes) {
      List<NodeId> due = new ArrayList<>();
      Iterator<Map.Entry<NodeId, Integer>> all = changes.entrySet().iterator();
      while (all.hasNext() && due.size() < BATCH_DIRECTORIES && !closing) {
        Map.Entry<NodeId, Integer> next = all.next();
        if (next.getValue() > setting.tailFiles()) {
          due.add(next.getKey());
          all.remove();
        }
      }
      scheduled = !due.isEmpty();
      return due;
    }
  }

  private void write(List<NodeId> directories, int tailFiles, BooleanSupplier abandoned) {
    try {
      TreeView view = states.newest();
      List<DirectorySnapshot> batch = new ArrayList<>();
      int entries = 0;
      for (NodeId directory : directories) {
        Published published = view.published(directory);
        if (!abandoned.getAsBoolean() && isLong(directory, published, tailFiles)) {
          batch.add(snapshot(directory, published));
          entries += published.state().entries().size();
        }
        if (entries > BATCH_ENTRIES) {
          snapshots.append(batch, abandoned);
          batch.clear();
          entries = 0;
        }
      }
      if (!batch.isEmpty()) {
        snapshots.append(batch, abandoned);
      }
    } catch (IOException | JournalException | DamageException e) {
      LOG.info("no snapshots are written: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.warn("no snapshots are written", e);
    }
  }

  private boolean isLong(NodeId directory, Published published, int tailFiles) throws IOException {
    long seqNr = published.state().seqNr();
    int entries = published.state().entries().size();
    if (seqNr <= tailFiles) {
      return false;
    }
    Snapshots.Tail tail = snapshots.tail(directory, seqNr, published.txnSeq());
    if (tail.events() <= 0) {
      return false;
    }
    return tail.files() > tailFiles + entries / ENTRIES_PER_FILE
        || tail.events() > FREE_EVENTS + entries;
  }

  private static DirectorySnapshot snapshot(NodeId directory, Published published) {
    return new DirectorySnapshot(
        directory,
        published.state().seqNr(),
        published.txnSeq(),
        published.timestampMicros(),
        published.state().own(),
        published.state().entries());
  }

  /** Replaces all snapshots by those of restored directories that have enough events. */
  void rewrite(Map<NodeId, Published> restored) throws IOException {
    List<DirectorySnapshot> all = new ArrayList<>();
    restored.forEach(
        (directory, published) -> {
          if (published.state().seqNr() > setting.tailFiles()) {
            all.add(snapshot(directory, published));
          }
        });
    snapshots.rewrite(all);
  }

  /**
   * Ends what is running, then writes what would be dear to the next process. To be called before
   * the write lock is given back.
   */
  void close() throws IOException {
    CompletableFuture<Void> last;
    synchronized (changes) {
      closing = true;
      last = running;
    }
    threads.await(last);
    List<NodeId> changed;
    synchronized (changes) {
      changed = changes.keySet().stream().limit(AT_CLOSE).toList();
    }
    write(changed, setting.tailFilesAtClose(), () -> false);
  }
}
