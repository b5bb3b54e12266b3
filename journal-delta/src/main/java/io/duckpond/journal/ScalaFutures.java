package io.duckpond.journal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.concurrent.Promise$;

/** Stages as the Scala futures that Pekko 1.x wants of a plugin. */
final class ScalaFutures {
  private ScalaFutures() {}

  /** Returns the future of a stage; a failure is the stage's own, not the wrapper around it. */
  static <T> Future<T> of(CompletionStage<? extends T> stage) {
    Promise<T> promise = Promise$.MODULE$.apply();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            promise.success(value);
          } else {
            promise.failure(cause(failure));
          }
        });
    return promise.future();
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
