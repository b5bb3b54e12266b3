package io.duckpond.feed;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes a feed as it is asked for; each subscriber reads the log for itself. */
final class FeedPublisher implements Flow.Publisher<CommittedTransaction> {
  private final Supplier<FeedReading> start;

  FeedPublisher(Supplier<FeedReading> start) {
    this.start = start;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super CommittedTransaction> subscriber) {
    subscriber.onSubscribe(new Following(start.get(), subscriber));
  }

  /** One subscriber's demand, and what was read for it. Whoever is {@code busy} signals. */
  private static final class Following implements Flow.Subscription {
    private final FeedReading reading;
    private final Flow.Subscriber<? super CommittedTransaction> subscriber;
    private final Queue<CommittedTransaction> ready = new ArrayDeque<>();
    private long wanted;
    private boolean busy;
    private boolean ended;

    Following(FeedReading reading, Flow.Subscriber<? super CommittedTransaction> subscriber) {
      this.reading = reading;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long elements) {
      if (elements <= 0) {
        if (end()) {
          subscriber.onError(
              new IllegalArgumentException("as many elements cannot be asked for: " + elements));
        }
        return;
      }
      synchronized (this) {
        wanted = wanted + elements < 0 ? Long.MAX_VALUE : wanted + elements;
        if (busy || ended) {
          return;
        }
        busy = true;
      }
      goOn();
    }

    @Override
    public void cancel() {
      end();
    }

    private synchronized boolean end() {
      boolean first = !ended;
      ended = true;
      reading.close();
      return first;
    }

    /** Signals what is ready and wanted, then reads on if more is wanted. */
    private void goOn() {
      for (Optional<CommittedTransaction> next = take(); next.isPresent(); next = take()) {
        subscriber.onNext(next.get());
      }
      synchronized (this) {
        busy = wanted > 0 && !ended;
        if (!busy) {
          return;
        }
      }
      CompletableFuture<Optional<List<CommittedTransaction>>> unused =
          reading.next().whenComplete(this::found);
    }

    private synchronized Optional<CommittedTransaction> take() {
      if (ended || wanted == 0 || ready.isEmpty()) {
        return Optional.empty();
      }
      wanted--;
      return Optional.of(ready.remove());
    }

    private void found(
        @Nullable Optional<List<CommittedTransaction>> more, @Nullable Throwable failure) {
      if (failure != null) {
        if (end()) {
          subscriber.onError(failure);
        }
      } else if (more == null || more.isEmpty()) {
        if (end()) {
          subscriber.onComplete();
        }
      } else {
        synchronized (this) {
          ready.addAll(more.get());
        }
        goOn();
      }
    }
  }
}
