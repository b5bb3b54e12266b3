package io.duckpond;

import io.duckpond.content.ContentStore;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.SystemErrors;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.Oplog;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.Published;
import io.duckpond.view.TreeView;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may move a pond's head: other processes, until this one's first commit takes the write lock;
 * from then on its own {@link Writer}, until the pond is closed. Any thread.
 */
final class WriterSeat {
  private static final Logger LOG = LoggerFactory.getLogger(WriterSeat.class);

  private final PondFolder folder;
  private final PondSettings settings;
  private final Oplog oplog;
  private final ContentStore contents;
  private final CommittedStates states;
  private final PondLog log;
  private final Snapshotter snapshotter;
  private final Threads threads;

  /** Held while the write lock is waited for and the actors start. */
  private final Object starting = new Object();

  /** Held while it is decided who may move the head. */
  private final Object head = new Object();

  private volatile @Nullable Writer writer;
  private volatile boolean closed;

  WriterSeat(
      PondFolder folder,
      PondSettings settings,
      Oplog oplog,
      ContentStore contents,
      CommittedStates states,
      Snapshotter snapshotter,
      Threads threads) {
    this.folder = folder;
    this.settings = settings;
    this.oplog = oplog;
    this.contents = contents;
    this.states = states;
    this.log = new PondLog(oplog, contents, states, snapshotter);
    this.snapshotter = snapshotter;
    this.threads = threads;
  }

  /**
   * Returns the newest tree. While this process is not the writer it looks for new commits; as the
   * writer it knows them, but for one that was answered as perhaps stored.
   */
  TreeView newest() throws IOException {
    requireOpen();
    synchronized (head) {
      Writer open = writer;
      if (open == null) {
        log.catchUp();
      } else {
        open.settleDoubt(log);
      }
      return states.newest();
    }
  }

  /** Completes with the writer, once it has started. */
  CompletableFuture<Writer> ready() {
    requireOpen();
    Writer open = writer;
    return open == null
        ? Stages.call(this::start, threads.work())
        : CompletableFuture.completedFuture(open);
  }

  /** Takes the lock, then reloads the head, so that whoever held the lock has nothing unseen. */
  Writer start() {
    synchronized (starting) {
      requireOpen();
      Writer open = writer;
      if (open != null) {
        return open;
      }
      try {
        Closeable lock = oplog.lock(folder.lock(), settings.lockWait(), settings.command());
        return start(lock);
      } catch (IOException e) {
        throw JournalException.notStored("nothing was committed: " + SystemErrors.message(e), e);
      }
    }
  }

  private Writer start(Closeable lock) throws IOException {
    try {
      synchronized (head) {
        log.catchUp();
        folder.removeAbandoned();
        contents.removeAbandoned();
        Writer started =
            Writer.start(
                folder.machine(), oplog, log, states, snapshotter, threads, settings, lock);
        writer = started;
        return started;
      }
    } catch (IOException | RuntimeException e) {
      try {
        lock.close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Replaces all snapshots, if the lock is free or ours; returns why not, if it could not. */
  Optional<String> rewriteSnapshots(Map<NodeId, Published> directories) {
    synchronized (starting) {
      try {
        requireOpen();
        if (writer != null) {
          snapshotter.rewrite(directories);
        } else {
          try (Closeable lock = oplog.lock(folder.lock(), Duration.ZERO, settings.command())) {
            snapshotter.rewrite(directories);
          }
        }
        return Optional.empty();
      } catch (IOException | JournalException | DamageException e) {
        LOG.info("pond [{}]: snapshots were not rewritten: {}", folder.directory(), e.toString());
        return Optional.of(Failures.classify(e).line());
      }
    }
  }

  boolean isClosed() {
    return closed;
  }

  void requireOpen() {
    if (closed) {
      throw new ClosedFileSystemException();
    }
  }

  /** Ends the writer, then whatever else there is; only once, and whoever else closes waits. */
  void close(Runnable others) {
    synchronized (starting) {
      if (closed) {
        return;
      }
      closed = true;
      Writer open = writer;
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        LOG.warn("pond [{}]: releasing the write lock: [{}]", folder.directory(), e.toString());
      } finally {
        others.run();
      }
    }
  }
}
