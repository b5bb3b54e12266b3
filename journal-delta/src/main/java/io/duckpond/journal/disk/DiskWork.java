package io.duckpond.journal.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Work on files that another thread does. Whoever waits for it gets what it gives, or what it
 * threw, each time. Any thread.
 */
public final class DiskWork<T> {
  private final Machine.Threads threads;
  private final CompletableFuture<T> result;

  private DiskWork(Machine.Threads threads, CompletableFuture<T> result) {
    this.threads = threads;
    this.result = result;
  }

  /** What is to be done. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Has {@code executor}, one of {@code threads}, do it. */
  public static <T> DiskWork<T> start(Machine.Threads threads, Executor executor, Work<T> work) {
    return new DiskWork<>(
        threads,
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return work.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            executor));
  }

  /** Returns work that is done already. */
  public static <T> DiskWork<T> done(Machine.Threads threads, T result) {
    return new DiskWork<>(threads, CompletableFuture.completedFuture(result));
  }

  /** Returns what it gives, once it is done; throws what it threw. */
  public T await() throws IOException {
    try {
      return threads.join(result);
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure.getCause();
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Returns once it has ended, well or not. */
  public void settle() {
    threads.join(result.handle((given, failure) -> true));
  }
}
