package io.duckpond.async;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.apache.pekko.Done;

/** Publishes a content's bytes as they are asked for; opens it anew for each subscriber. */
final class ContentPublisher implements Flow.Publisher<ByteBuffer> {
  private static final int CHUNK = 1 << 16;

  /** After so many pieces another of the pond's users has a turn. */
  private static final int TURN = 16;

  private final Calls calls;
  private final Callable<InputStream> open;

  ContentPublisher(Calls calls, Callable<InputStream> open) {
    this.calls = calls;
    this.open = open;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Reading(calls.oneByOne(), subscriber));
  }

  /** One subscriber's way through the content. All that reads and signals runs one by one. */
  private final class Reading implements Flow.Subscription {
    private final Calls turns;
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private Optional<InputStream> in = Optional.empty();
    private long wanted;
    private boolean waiting;
    private volatile boolean ended;

    Reading(Calls turns, Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.turns = turns;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long pieces) {
      if (pieces <= 0) {
        IllegalArgumentException refusal =
            new IllegalArgumentException("as many pieces cannot be asked for: " + pieces);
        run(() -> fail(refusal));
        return;
      }
      synchronized (this) {
        wanted = wanted + pieces < 0 ? Long.MAX_VALUE : wanted + pieces;
        if (waiting) {
          return;
        }
        waiting = true;
      }
      run(this::turn);
    }

    @Override
    public void cancel() {
      ended = true;
      run(this::close);
    }

    private void run(Runnable task) {
      CompletableFuture<Done> unused =
          turns
              .run(
                  () -> {
                    task.run();
                    return Done.getInstance();
                  })
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      fail(failure); // refused, as the pond is closed: nothing else runs
                    }
                  });
    }

    private void turn() {
      for (int pieces = 0; pieces < TURN && mayGoOn(); pieces++) {
        try {
          next();
        } catch (Exception | Error e) {
          fail(e);
        }
      }
      synchronized (this) {
        waiting = wanted > 0 && !ended;
        if (!waiting) {
          return;
        }
      }
      run(this::turn);
    }

    private synchronized boolean mayGoOn() {
      if (ended || wanted == 0) {
        return false;
      }
      wanted--;
      return true;
    }

    private void next() throws Exception {
      if (in.isEmpty()) {
        in = Optional.of(open.call());
      }
      byte[] bytes = in.get().readNBytes(CHUNK);
      if (bytes.length > 0) {
        subscriber.onNext(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
      } else if (!ended) {
        ended = true;
        close();
        subscriber.onComplete();
      }
    }

    private void fail(Throwable failure) {
      if (!ended) {
        ended = true;
        close();
        subscriber.onError(failure);
      }
    }

    private void close() {
      try {
        if (in.isPresent()) {
          in.get().close();
        }
      } catch (IOException e) {
        // All that was asked for has been read and checked: there is nothing to tell.
        return;
      }
    }
  }
}
