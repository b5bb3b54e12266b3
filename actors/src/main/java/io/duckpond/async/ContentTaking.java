package io.duckpond.async;

import io.duckpond.content.ContentStore;
import io.duckpond.content.Intake;
import io.duckpond.content.TakenContent;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/**
 * A content that comes piece by piece and is stored when it has come whole. The pieces are written
 * on the pond's threads, one after another; between them no thread waits.
 */
final class ContentTaking<T> {

  /** What is done with a content that is there whole. */
  @FunctionalInterface
  interface Storing<T> {
    /** Stores what {@code content} holds. */
    CompletionStage<T> store(InputStream content);
  }

  private final Calls calls;
  private final Intake intake;
  private final Storing<T> storing;

  ContentTaking(Calls calls, ContentStore store, Storing<T> storing) {
    this.calls = calls.oneByOne();
    this.intake = store.intake();
    this.storing = storing;
  }

  /** Returns where a stream's bytes go; each run of it is a content of its own. */
  static <T> Sink<ByteString, CompletionStage<T>> sink(
      Calls calls, ContentStore store, Storing<T> storing) {
    return Sink.<ByteString, CompletionStage<T>>fromMaterializer(
            (materializer, attributes) -> new ContentTaking<>(calls, store, storing).sink())
        .mapMaterializedValue(Answers::flat);
  }

  private Sink<ByteString, CompletionStage<T>> sink() {
    return Sink.<ContentTaking<T>, ByteString>foldAsync(
            this, (taking, bytes) -> taking.add(bytes.getByteBuffers()).thenApply(done -> taking))
        .mapMaterializedValue(this::whenWhole);
  }

  private CompletionStage<T> whenWhole(CompletionStage<ContentTaking<T>> whole) {
    return Answers.flat(
        whole.handle((taking, failure) -> failure == null ? finish() : giveUp(failure)));
  }

  /** Adds bytes, which nobody changes meanwhile; the stage completes when more may come. */
  CompletableFuture<Done> add(Iterable<ByteBuffer> pieces) {
    return calls.run(
        () -> {
          pieces.forEach(intake::add);
          return Done.getInstance();
        });
  }

  /** Stores what was added. */
  CompletableFuture<T> finish() {
    CompletableFuture<TakenContent> whole = calls.run(intake::finish);
    return Answers.flat(
        whole.handle((content, failure) -> failure == null ? store(content) : giveUp(failure)));
  }

  private CompletionStage<T> store(TakenContent content) {
    return storing.store(content).whenComplete((stored, failure) -> content.letGo());
  }

  /** Stores nothing, once all pieces before it are written; the stage fails with {@code cause}. */
  CompletableFuture<T> giveUp(Throwable cause) {
    CompletableFuture<Done> closed =
        calls.run(
            () -> {
              intake.close();
              return Done.getInstance();
            });
    return Answers.flat(
        closed.handle(
            (done, failure) -> {
              if (failure != null) {
                intake.close(); // the pond is closed, and nobody else will do it
              }
              return CompletableFuture.failedFuture(Answers.unwrapped(cause));
            }));
  }
}
