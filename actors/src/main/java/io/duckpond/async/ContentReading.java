package io.duckpond.async;

import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A stream that is read piece by piece on the pond's threads, each piece when it is asked for. */
final class ContentReading {
  private static final int CHUNK = 1 << 16;

  private final Calls calls;
  private final InputStream in;

  private ContentReading(Calls calls, InputStream in) {
    this.calls = calls;
    this.in = in;
  }

  /** Opens what {@code open} opens; its calls come one after another. */
  static CompletableFuture<ContentReading> start(Calls calls, Callable<InputStream> open) {
    Calls own = calls.oneByOne();
    return own.run(() -> new ContentReading(own, open.call()));
  }

  /** Returns the bytes of {@code open} as it returns them; each run opens it anew. */
  static Source<ByteString, NotUsed> source(Calls calls, Callable<InputStream> open) {
    return Source.unfoldResourceAsync(
        () -> start(calls, open), ContentReading::next, ContentReading::close);
  }

  /** Returns the next piece, never an empty one; empty at the end. */
  CompletableFuture<Optional<ByteString>> next() {
    return calls.run(
        () -> {
          byte[] bytes = in.readNBytes(CHUNK);
          return bytes.length == 0
              ? Optional.empty()
              : Optional.of(ByteString.fromArrayUnsafe(bytes));
        });
  }

  CompletableFuture<Done> close() {
    return calls.run(
        () -> {
          in.close();
          return Done.getInstance();
        });
  }
}
