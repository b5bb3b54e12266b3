package io.duckpond.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Stages that fail with what was thrown, never with a wrapper of it. */
final class Answers {
  private Answers() {}

  /** Returns what the stage that {@code stage} answers with answers. */
  static <T> CompletableFuture<T> flat(CompletionStage<? extends CompletionStage<T>> stage) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    CompletionStage<?> unused =
        stage.whenComplete(
            (inner, failure) -> {
              if (failure == null) {
                follow(inner, answer);
              } else {
                answer.completeExceptionally(unwrapped(failure));
              }
            });
    return answer;
  }

  private static <T> void follow(CompletionStage<T> stage, CompletableFuture<T> answer) {
    CompletionStage<T> unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                answer.complete(value);
              } else {
                answer.completeExceptionally(unwrapped(failure));
              }
            });
  }

  static Throwable unwrapped(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? unwrapped(cause) : failure;
  }
}
