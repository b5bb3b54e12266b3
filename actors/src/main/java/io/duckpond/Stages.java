package io.duckpond;

import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Futures that fail with what was thrown, never with a wrapper of it. */
final class Stages {
  private Stages() {}

  /** Runs {@code work} on {@code executor}; fails if that takes nothing more. */
  static <T> CompletableFuture<T> call(Callable<T> work, Executor executor) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            result.complete(work.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e); // an Error too must reach who waits for it
          }
        };
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      ClosedFileSystemException closed = new ClosedFileSystemException();
      closed.initCause(e);
      result.completeExceptionally(closed);
    }
    return result;
  }

  /**
   * Returns a future that follows {@code stage}, completed on {@code executor}; if that takes
   * nothing more, on the thread that has the answer, which must reach who waits for it.
   */
  static <T, R> CompletableFuture<R> then(
      CompletionStage<T> stage, Function<T, R> function, Executor executor) {
    CompletableFuture<R> result = new CompletableFuture<>();
    CompletionStage<T> unused =
        stage.whenComplete(
            (value, failure) -> {
              Runnable answer = () -> answer(result, value, failure, function);
              try {
                executor.execute(answer);
              } catch (RejectedExecutionException e) {
                answer.run();
              }
            });
    return result;
  }

  private static <T, R> void answer(
      CompletableFuture<R> result, T value, @Nullable Throwable failure, Function<T, R> function) {
    if (failure != null) {
      result.completeExceptionally(unwrapped(failure));
      return;
    }
    try {
      result.complete(function.apply(value));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
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
