package io.duckpond.host;

import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that make small files on the host while the next ones are read from the pond. For the one
 * thread that hands steps over; the steps run at the same time and in any order.
 */
final class HostWriters implements AutoCloseable {
  private static final int THREADS = 2;

  /** With steps of up to 1 MiB, so much memory is bounded. */
  private static final int WAITING = 24;

  private final ExecutorService pool;
  private final Semaphore room = new Semaphore(WAITING);
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  HostWriters(Machine.Threads threads) {
    this.pool = threads.pool("pond-copy", THREADS);
  }

  /** Something to be done on the host. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** Has a step done; throws what an earlier one failed with, after which none is begun. */
  void add(Step step) throws IOException {
    demandHealthy();
    room.acquireUninterruptibly();
    pool.execute(
        () -> {
          try {
            if (failure.get() == null) {
              step.run();
            }
          } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
          } finally {
            room.release();
          }
        });
  }

  /** Returns once all is done; throws what the first that failed did. */
  void await() throws IOException {
    room.acquireUninterruptibly(WAITING);
    room.release(WAITING);
    demandHealthy();
  }

  private void demandHealthy() throws IOException {
    Exception known = failure.get();
    if (known instanceof IOException e) {
      throw e;
    }
    if (known instanceof RuntimeException e) {
      throw e;
    }
  }

  /** Returns once nothing is being done any more. */
  @Override
  public void close() {
    room.acquireUninterruptibly(WAITING);
    room.release(WAITING);
    pool.shutdown();
  }
}
