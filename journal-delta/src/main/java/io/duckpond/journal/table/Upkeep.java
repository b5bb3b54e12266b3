package io.duckpond.journal.table;

import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a writer does beside its commits, one task after another on a thread of its own:
 * checkpoints, and the removal of what nobody needs any more. None of it changes what the table
 * holds: a task that fails is logged, and the next writer or the next checkpoint makes good for it.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** So many checkpoints that were due and not written are too many. */
  private static final int URGENT_CHECKPOINTS = 10;

  /** So many times as many files as are merged at a time are too many. */
  private static final int URGENT_MERGES = 30;

  private final Machine machine;
  private final Path directory;
  private final UpkeepSettings settings;
  private final Fence fence;
  private final RemovedFiles removed = new RemovedFiles();
  private final GradualRemoval needless;
  private final PacedWork paced;
  private final Backoff mergeAgain = new Backoff();
  private final AtomicInteger checkpointsWanted = new AtomicInteger();

  /** Of those that this writer has made. Only for the thread of upkeep. */
  private long newestCheckpoint = -1;

  private Optional<ExecutorService> executor = Optional.empty();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** What must go before any removal. */
  interface Fence {
    /**
     * Makes a commit that changes nothing, and returns the version. From then on no writer that has
     * not seen it can commit.
     */
    TableVersion commit();
  }

  /** The last of several things to do. */
  interface Last<T> {
    T run() throws IOException;
  }

  /** One thing to do. */
  private interface Task {
    void run() throws IOException;
  }

  Upkeep(Machine machine, Path directory, UpkeepSettings settings, Fence fence) {
    this.machine = machine;
    this.directory = directory;
    this.settings = settings;
    this.fence = fence;
    this.needless = new GradualRemoval(machine.disk());
    this.paced = new PacedWork(machine, (what, piece) -> start(what, piece::run));
  }

  /**
   * Has a checkpoint of a version written, and what it makes needless removed. If the next is due
   * before that is done, only that is written.
   */
  void checkpoint(KernelTable kernel, TableVersion version) {
    paced.want(
        PacedWork.Kind.CHECKPOINT,
        checkpointsWanted.incrementAndGet() >= URGENT_CHECKPOINTS,
        () -> {
          checkpointsWanted.set(0);
          if (version.version() > newestCheckpoint) {
            write(kernel, version);
            remove(new LogCleanup(machine, directory).needless(version.version()));
          }
        });
  }

  /**
   * The same on this thread. Entries are spared until the files are surely gone whose removal they
   * tell: who has it done often, by one process after another, would else never know of any file
   * that it was removed long enough ago.
   */
  void checkpointNow(KernelTable kernel, TableVersion version) throws IOException {
    write(kernel, version);
    long spared = machine.clock().millis() - 2 * settings.retention().toMillis();
    remove(new LogCleanup(machine, directory).needless(version.version(), spared));
    needless.all();
  }

  private void write(KernelTable kernel, TableVersion version) throws IOException {
    new Checkpoints(machine, directory).write(kernel, version);
    newestCheckpoint = version.version();
    LOG.debug("checkpoint of [{}] at version [{}]", directory, version.version());
  }

  /**
   * Has files merged until {@code plan} finds no more to merge, and ever more seldom while it
   * fails.
   *
   * @param unmerged how many files wait for it
   */
  void merge(Merging merger, Merging.Planner plan, int unmerged) {
    if (mergeAgain.isDue()) {
      wantMerge(merger, plan, unmerged >= URGENT_MERGES * settings.fanIn());
    }
  }

  private void wantMerge(Merging merger, Merging.Planner plan, boolean urgent) {
    paced.want(
        PacedWork.Kind.MERGE,
        urgent,
        () -> {
          try {
            if (merger.runOnce(plan)) {
              wantMerge(merger, plan, /* urgent= */ false);
            }
            mergeAgain.succeeded();
          } catch (IOException | RuntimeException e) {
            mergeAgain.failed();
            throw e;
          }
        });
  }

  /** Told of a file that the newest version lists no more. */
  void removed(String name, long millis) {
    removed.add(name, millis);
  }

  /** Has files removed that nobody may need any more, if there are any; not each by itself. */
  void vacuumIfDue() {
    if (removed.anyBy(expired() - settings.retention().toMillis() / 8)) {
      start("the removal of merged files", this::removeExpired);
    }
  }

  /** Removes the files that nobody may need any more, now. */
  void vacuum() throws IOException {
    removeExpired();
    needless.all();
  }

  private void removeExpired() {
    long expired = expired();
    if (removed.anyBy(expired)) {
      remove(removed.takeBy(expired).stream().map(directory::resolve).toList());
    }
  }

  private long expired() {
    return machine.clock().millis() - settings.retention().toMillis();
  }

  /** Has the last of several tasks done; completes with what it gives, or as it fails. */
  <T> CompletionStage<T> finish(Last<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    start(
        "upkeep",
        () -> {
          try {
            done.complete(task.run());
          } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  /** Has what writers before this one have left behind removed. */
  void collect(AbandonedFiles found, TableVersion version) {
    start("the removal of leftovers", () -> removeUnused(found, version));
  }

  /** The same on this thread, and now. */
  void collectNow(AbandonedFiles found, TableVersion version) throws IOException {
    removeUnused(found, version);
    needless.all();
  }

  private void removeUnused(AbandonedFiles found, TableVersion version) throws IOException {
    remove(found.unused(machine.disk(), version, removed, expired()));
  }

  /** Has files removed with the commits that follow. */
  private void remove(List<Path> files) {
    if (files.isEmpty()) {
      return;
    }
    TableVersion fenced = fence.commit();
    needless.add(files);
    LOG.debug("[{}] files of [{}] may go since [{}]", files.size(), directory, fenced.version());
  }

  /** Removes a few files that nobody needs any more. Any thread. */
  void tidy() {
    needless.some();
  }

  private synchronized void start(String what, Task task) {
    if (executor.isEmpty()) {
      executor = Optional.of(machine.threads().pool("delta-upkeep", 1));
    }
    last = last.thenRunAsync(() -> run(what, task), executor.get());
  }

  private void run(String what, Task task) {
    try {
      task.run();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} of [{}] was not finished: {}", what, directory, SystemErrors.message(e));
      LOG.debug("{} of [{}]", what, directory, e);
    }
  }

  /** Returns when all that was started has ended; it does not rest meanwhile. */
  void settle() {
    paced.hurry();
    try {
      CompletableFuture<Void> pending;
      do {
        pending = last();
        machine.threads().join(pending);
        run("the removal of what nobody needs", needless::all);
      } while (pending != last()); // a piece of work may have asked for the next
    } finally {
      paced.calm();
    }
  }

  private synchronized CompletableFuture<Void> last() {
    return last;
  }

  /** Ends the thread, after what was started has ended. */
  void close() {
    settle();
    synchronized (this) {
      executor.ifPresent(ExecutorService::shutdown);
      executor = Optional.empty();
    }
  }
}
