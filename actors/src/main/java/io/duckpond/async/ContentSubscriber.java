package io.duckpond.async;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.pekko.Done;

/**
 * Takes the bytes of one publisher and stores them as one content when it has completed. It asks
 * for the next buffer when the one before is written, and does not change or keep any. An error or
 * a missing end stores nothing.
 *
 * @param <T> what is known of the content once it is stored
 */
public final class ContentSubscriber<T> implements Flow.Subscriber<ByteBuffer> {
  private final ContentTaking<T> taking;
  private final CompletableFuture<T> stored = new CompletableFuture<>();
  private Optional<Flow.Subscription> subscription = Optional.empty();

  ContentSubscriber(ContentTaking<T> taking) {
    this.taking = taking;
  }

  /** Returns what was stored; fails with what the publisher or the pond said instead. */
  public CompletionStage<T> stored() {
    return stored.minimalCompletionStage();
  }

  /** Stores nothing, and asks the publisher for no more; without effect once all has come. */
  public void cancel() {
    current().ifPresent(Flow.Subscription::cancel);
    fail(new CancellationException("the content was given up"));
  }

  private synchronized Optional<Flow.Subscription> current() {
    return subscription;
  }

  @Override
  public void onSubscribe(Flow.Subscription offered) {
    synchronized (this) {
      if (subscription.isPresent()) {
        offered.cancel();
        return;
      }
      subscription = Optional.of(offered);
    }
    offered.request(1);
  }

  @Override
  public void onNext(ByteBuffer bytes) {
    CompletableFuture<Done> unused =
        taking
            .add(List.of(bytes.duplicate()))
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    current().ifPresent(from -> from.request(1));
                  } else {
                    current().ifPresent(Flow.Subscription::cancel);
                    fail(Answers.unwrapped(failure));
                  }
                });
  }

  @Override
  public void onError(Throwable failure) {
    fail(Objects.requireNonNull(failure));
  }

  private void fail(Throwable failure) {
    follow(taking.giveUp(failure));
  }

  @Override
  public void onComplete() {
    follow(taking.finish());
  }

  private void follow(CompletionStage<T> stage) {
    CompletionStage<T> unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                stored.complete(value);
              } else {
                stored.completeExceptionally(Answers.unwrapped(failure));
              }
            });
  }
}
