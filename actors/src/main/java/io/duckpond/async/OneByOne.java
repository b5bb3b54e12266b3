package io.duckpond.async;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks on other threads, one at a time in the order they came. They throw nothing. Any
 * thread.
 */
final class OneByOne implements Executor {
  private final Executor threads;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  OneByOne(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    try {
      threads.execute(this::runNext);
    } catch (RejectedExecutionException e) {
      synchronized (tasks) {
        running = false;
        tasks.remove(task);
      }
      throw e;
    }
  }

  /** Runs one task, and all that are left if the threads take nothing more. */
  private void runNext() {
    do {
      Runnable task;
      synchronized (tasks) {
        task = tasks.remove();
      }
      task.run();
    } while (hasMore() && !isTakenOn());
  }

  private boolean hasMore() {
    synchronized (tasks) {
      running = !tasks.isEmpty();
      return running;
    }
  }

  private boolean isTakenOn() {
    try {
      threads.execute(this::runNext);
      return true;
    } catch (RejectedExecutionException e) {
      return false; // the pond is being closed, which each task then finds out and answers
    }
  }
}
