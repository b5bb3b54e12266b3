package io.duckpond.journal.table;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One scan by many threads. Each takes the next file, or the next row group of a file that another
 * has found to have several. The calling thread works too, so the scan ends even if the executor
 * has no thread to spare.
 */
final class ParallelScan {
  private final ScanRequest request;
  private final Consumer<LogRecord> sink;
  private final AtomicBoolean delivered = new AtomicBoolean();
  private final Deque<Unit> units = new ArrayDeque<>();
  private final Set<Thread> interrupted = new HashSet<>();
  private TableVersion version;
  private int working;
  private @Nullable Throwable failure;

  /** A row group of a file; of row group 0 it is not known yet whether there are more. */
  private record Unit(DataFile file, int rowGroup) {}

  ParallelScan(TableVersion version, ScanRequest request, Consumer<LogRecord> sink) {
    this.version = version;
    this.request = request;
    this.sink = sink;
  }

  void run(Executor executor, int parallelism) throws IOException {
    try {
      runOnce(executor, parallelism);
    } catch (MissingFileException e) {
      version = ScanCursor.MissingFiles.newerVersion(version, e.file, delivered.get(), e.cause);
      try {
        runOnce(executor, parallelism);
      } catch (MissingFileException again) {
        ScanCursor.MissingFiles.newerVersion(version, again.file, true, again.cause);
      }
    }
  }

  private void runOnce(Executor executor, int parallelism)
      throws IOException, MissingFileException {
    List<DataFile> files = version.matching(request);
    synchronized (units) {
      units.clear();
      failure = null;
      files.forEach(file -> units.add(new Unit(file, 0)));
    }
    for (int i = 1; i < parallelism; i++) {
      try {
        executor.execute(
            () -> {
              work();
              passOnInterrupt();
            });
      } catch (RejectedExecutionException e) {
        break; // the caller's thread does what is left
      }
    }
    work();
    Throwable failed = awaitOthers();
    passOnInterrupt();
    if (failed instanceof IOException io) {
      throw io;
    } else if (failed instanceof MissingFileException missing) {
      throw missing;
    } else if (failed instanceof RuntimeException runtime) {
      throw runtime;
    } else if (failed instanceof Error error) {
      throw error;
    }
  }

  private void work() {
    for (Optional<Unit> unit = take(); unit.isPresent(); unit = take()) {
      @Nullable Throwable failed = null;
      try {
        read(unit.get());
      } catch (Throwable e) { // whatever it is, the caller's thread must hear of it
        failed = e;
      }
      synchronized (units) {
        working--;
        if (failed != null && failure == null) {
          failure = failed;
          units.clear();
        }
        units.notifyAll();
      }
    }
  }

  /** Returns what to do next; empty once nothing is left and nobody can add to it. */
  private Optional<Unit> take() {
    synchronized (units) {
      while (units.isEmpty() && working > 0) {
        await();
      }
      Optional<Unit> next = Optional.ofNullable(units.poll());
      if (next.isPresent()) {
        working++;
      }
      return next;
    }
  }

  private @Nullable Throwable awaitOthers() {
    synchronized (units) {
      while (working > 0) {
        await();
      }
      return failure;
    }
  }

  /**
   * An interrupt ends the scan. The thread is told of it only when it waits no more: a wait with
   * the interrupt pending would return at once, and never let go of the lock.
   */
  private void await() {
    try {
      units.wait();
    } catch (InterruptedException e) {
      interrupted.add(Thread.currentThread());
      if (failure == null) {
        failure = new InterruptedIOException("the scan was interrupted");
        units.clear();
      }
    }
  }

  private void passOnInterrupt() {
    synchronized (units) {
      if (interrupted.remove(Thread.currentThread())) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void read(Unit unit) throws IOException, MissingFileException {
    try (FileScan scan = version.open(unit.file(), request)) {
      if (unit.rowGroup() == 0 && scan.rowGroups() > 1) {
        synchronized (units) {
          if (failure == null) {
            for (int group = 1; group < scan.rowGroups(); group++) {
              units.addFirst(new Unit(unit.file(), group));
            }
            units.notifyAll();
          }
        }
      }
      if (scan.rowGroups() > 0) {
        scan.seek(unit.rowGroup());
        for (Optional<LogRecord> record = scan.next(); record.isPresent(); record = scan.next()) {
          delivered.set(true);
          sink.accept(record.get());
        }
      }
    } catch (NoSuchFileException e) {
      throw new MissingFileException(unit.file(), e);
    }
  }

  private static final class MissingFileException extends Exception {
    private final DataFile file;
    private final NoSuchFileException cause;

    MissingFileException(DataFile file, NoSuchFileException cause) {
      super(cause);
      this.file = file;
      this.cause = cause;
    }
  }
}
