package io.duckpond.journal.table;

import io.duckpond.journal.disk.Machine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Pools whose tasks wait until they are run, or until somebody waits for them. For one thread. */
public final class LaterThreads implements Machine.Threads {
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  /** Runs what waits, and what that hands in. */
  public void run() {
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      task.run();
    }
  }

  @Override
  public void later(Duration time, Runnable task) {
    waiting.add(task);
  }

  @Override
  public <T> T join(CompletableFuture<T> future) {
    run();
    return future.join();
  }

  @Override
  public ExecutorService pool(String name, int size) {
    return new Pool();
  }

  private final class Pool extends AbstractExecutorService {
    private boolean shutdown;

    @Override
    public void execute(Runnable task) {
      waiting.add(task);
    }

    @Override
    public void shutdown() {
      shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown && waiting.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      LaterThreads.this.run();
      return true;
    }
  }
}
