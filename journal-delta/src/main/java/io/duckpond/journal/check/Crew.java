package io.duckpond.journal.check;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Does the same to many things, by several threads. The caller's thread works too, so that all ends
 * even if the executor has no thread to spare.
 */
final class Crew<T> {
  private final Deque<T> left;
  private final Task<T> task;
  private int working;
  private @Nullable Throwable failure;

  /** What is done to one of them. */
  @FunctionalInterface
  interface Task<T> {
    void on(T item) throws IOException;
  }

  Crew(Collection<T> items, Task<T> task) {
    this.left = new ArrayDeque<>(items);
    this.task = task;
  }

  /** Returns when all is done; the first failure ends it. */
  void run(Executor executor, int parallelism) throws IOException {
    for (int i = 1; i < Math.min(parallelism, left.size()); i++) {
      try {
        executor.execute(this::work);
      } catch (RejectedExecutionException e) {
        break; // the caller's thread does what is left
      }
    }
    work();
    Throwable failed = awaitOthers();
    if (failed instanceof IOException io) {
      throw io;
    } else if (failed instanceof RuntimeException runtime) {
      throw runtime;
    } else if (failed instanceof Error error) {
      throw error;
    }
  }

  private void work() {
    for (Optional<T> item = take(); item.isPresent(); item = take()) {
      @Nullable Throwable failed = null;
      try {
        task.on(item.get());
      } catch (Throwable e) { // whatever it is, the caller's thread must hear of it
        failed = e;
      }
      synchronized (this) {
        working--;
        if (failed != null && failure == null) {
          failure = failed;
          left.clear();
        }
        notifyAll();
      }
    }
  }

  private synchronized Optional<T> take() {
    Optional<T> item = Optional.ofNullable(left.poll());
    if (item.isPresent()) {
      working++;
    }
    return item;
  }

  private synchronized @Nullable Throwable awaitOthers() {
    boolean interrupted = false;
    while (working > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
        left.clear();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      return failure == null ? new InterruptedIOException("the check was interrupted") : failure;
    }
    return failure;
  }
}
