package io.duckpond.async;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** A lazy stream that is drawn on the pond's threads, some elements at a time. */
final class Batches<T> {
  private static final int SIZE = 100;

  private final Calls calls;
  private final Stream<T> stream;
  private final Iterator<T> elements;

  private Batches(Calls calls, Stream<T> stream) {
    this.calls = calls;
    this.stream = stream;
    this.elements = stream.iterator();
  }

  /** Returns the elements of what {@code open} opens; each run opens it anew. */
  static <T> Source<T, NotUsed> source(Calls calls, Callable<Stream<T>> open) {
    Calls own = calls.oneByOne();
    return Source.<List<T>, Batches<T>>unfoldResourceAsync(
            () -> own.run(() -> new Batches<>(own, open.call())), Batches::next, Batches::close)
        .mapConcat(batch -> batch);
  }

  private CompletableFuture<Optional<List<T>>> next() {
    return calls.run(
        () -> {
          List<T> batch = new ArrayList<>();
          while (batch.size() < SIZE && elements.hasNext()) {
            batch.add(elements.next());
          }
          return batch.isEmpty() ? Optional.empty() : Optional.of(batch);
        });
  }

  private CompletableFuture<Done> close() {
    return calls.run(
        () -> {
          stream.close();
          return Done.getInstance();
        });
  }
}
