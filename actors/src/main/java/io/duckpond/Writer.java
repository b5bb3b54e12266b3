package io.duckpond;

import io.duckpond.directory.Directory;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.oplog.Oplog;
import io.duckpond.transaction.Changes;
import io.duckpond.transaction.Committer;
import io.duckpond.view.CommittedStates;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The writing side of an open pond: the write lock and the actor system whose guardian is the
 * Committer. Exists from the first commit until the pond is closed.
 */
final class Writer {
  private final ActorSystem<Committer.Command> system;
  private final Oplog oplog;
  private final Threads threads;
  private final Snapshotter snapshotter;
  private final Closeable lock;

  /** Commits that have no answer yet; whatever ends the system fails them. */
  private final Set<CompletableFuture<CommitResult>> unanswered = ConcurrentHashMap.newKeySet();

  private volatile boolean ended;
  private volatile boolean inDoubt;
  private boolean closing;

  private Writer(
      ActorSystem<Committer.Command> system,
      Oplog oplog,
      Snapshotter snapshotter,
      Threads threads,
      Closeable lock) {
    this.system = system;
    this.oplog = oplog;
    this.snapshotter = snapshotter;
    this.threads = threads;
    this.lock = lock;
    system.getWhenTerminated().thenRun(this::end);
  }

  /**
   * Takes over a lock that is held and starts the actors.
   *
   * @param lock released by {@link #close}
   */
  static Writer start(
      Machine machine,
      Oplog oplog,
      PondLog log,
      CommittedStates states,
      Snapshotter snapshotter,
      Threads threads,
      PondSettings settings,
      Closeable lock) {
    Committer.Setting setting =
        new Committer.Setting(
            log,
            states,
            threads.work(),
            machine.clock(),
            machine::uuid,
            Directory::create,
            settings.actorLimit(),
            settings.queueLimit());
    ActorSystemSetup setup =
        ActorSystemSetup.create(BootstrapSetup.create(settings.system()), oplog.setup());
    return new Writer(
        ActorSystem.create(Committer.create(setting), "pond", setup),
        oplog,
        snapshotter,
        threads,
        lock);
  }

  /** Asks for a commit; the future completes on a thread of the actor system. */
  CompletableFuture<CommitResult> commit(Changes changes, CommitInfo info) {
    CompletableFuture<CommitResult> reply = new CompletableFuture<>();
    unanswered.add(reply);
    CompletableFuture<CommitResult> noted =
        reply.whenComplete(
            (result, failure) -> {
              unanswered.remove(reply);
              if (failure instanceof JournalException journal && journal.outcomeUnknown()) {
                inDoubt = true;
              }
            });
    synchronized (this) {
      if (closing) {
        reply.completeExceptionally(new ClosedFileSystemException());
      } else {
        system.tell(new Committer.CommitHere(changes, info, reply));
      }
    }
    if (ended) {
      failUnanswered();
    }
    return noted;
  }

  /** Reads the log to its end if it may hold a transaction of which its caller was not sure. */
  void settleDoubt(PondLog log) throws IOException {
    if (!inDoubt) {
      return;
    }
    inDoubt = false; // before it is read: a doubt that arises meanwhile stays
    try {
      log.catchUp();
    } catch (IOException | RuntimeException e) {
      inDoubt = true;
      throw e;
    }
  }

  /** Waits for the commits in flight, then stops the actors and gives back the lock. */
  void close() throws IOException {
    synchronized (this) {
      closing = true;
      system.tell(new Committer.Finish(new CompletableFuture<Done>()));
    }
    try {
      threads.await(system.getWhenTerminated().toCompletableFuture());
      snapshotter.close();
      oplog.settle();
    } finally {
      lock.close();
    }
  }

  private void end() {
    ended = true;
    failUnanswered();
  }

  private void failUnanswered() {
    for (CompletableFuture<CommitResult> reply : unanswered) {
      reply.completeExceptionally(
          JournalException.unknown(
              "the pond's actors have stopped before the commit was answered",
              new IllegalStateException("the Committer has stopped")));
    }
  }
}
