package io.duckpond.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after another on another executor, a few at a time: who comes to that executor
 * meanwhile waits for those few, not for all. Any thread.
 */
final class TurnTaking implements Executor {
  private static final int AT_ONCE = 64;

  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  TurnTaking(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      schedule();
    }
  }

  private void schedule() {
    try {
      executor.execute(this::turn);
    } catch (RejectedExecutionException e) {
      turn(); // it takes no more tasks: nobody is left who could be kept waiting
    }
  }

  private void turn() {
    int taken = 0;
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        taken++;
        task.run();
        if (taken == AT_ONCE) {
          break;
        }
      }
    } finally {
      if (waiting.addAndGet(-taken) > 0) {
        schedule();
      }
    }
  }
}
