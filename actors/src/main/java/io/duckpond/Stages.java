package io.duckpond;

import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Futures that fail with what was thrown, never with a wrapper of it. */
final class Stages {
  private Stages() {}

  /** Runs {@code work} on {@code executor}. */
  static <T> CompletableFuture<T> call(Callable<T> work, Executor executor) {
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e); // an Error too must reach who waits for it
          }
        });
    return result;
  }

  /** Returns a future that follows {@code stage}, completed on {@code executor}. */
  static <T, R> CompletableFuture<R> then(
      CompletionStage<T> stage, Function<T, R> function, Executor executor) {
    CompletableFuture<R> result = new CompletableFuture<>();
    stage.whenCompleteAsync(
        (value, failure) -> {
          if (failure != null) {
            result.completeExceptionally(unwrapped(failure));
          } else {
            try {
              result.complete(function.apply(value));
            } catch (RuntimeException e) {
              result.completeExceptionally(e);
            }
          }
        },
        executor);
    return result;
  }

  /** Waits; throws what the future failed with. */
  static <T> T await(CompletableFuture<T> future, Machine.Threads threads) throws IOException {
    try {
      return threads.join(future);
    } catch (CompletionException e) {
      Throwable cause = unwrapped(e);
      if (cause instanceof IOException refusal) {
        throw refusal;
      }
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? unwrapped(cause) : failure;
  }
}
