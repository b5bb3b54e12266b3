package io.duckpond.async;

import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.content.ContentStore;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * A pond whose calls return at once and are done on its threads, so many at a time as it has for
 * its users. A stage fails with what the blocking call throws, with {@code
 * ClosedFileSystemException} once the pond is closed, and with a {@code JournalException} if ten
 * thousand calls wait already. What depends on a stage runs on the pond's thread and should be
 * short. Any thread.
 */
public final class AsyncPond {
  private final Pond pond;
  private final Calls calls;
  private final ContentStore store;

  /** The calls of {@code pond}, which keeps large contents in {@code store}. */
  public AsyncPond(Pond pond, Calls calls, ContentStore store) {
    this.pond = pond;
    this.calls = calls;
    this.store = store;
  }

  /** As {@link Pond#root}: every call is a transaction of its own, on the newest state. */
  public AsyncWorkingDirectory root() {
    return AsyncWorkingDirectory.of(pond.root(), calls, store);
  }

  /** As {@link Pond#view}. */
  public CompletionStage<AsyncView> view() {
    return calls.run(() -> of(pond.view()));
  }

  /** As {@link Pond#asOf(long)}. */
  public CompletionStage<AsyncView> asOf(long txnSeq) {
    return calls.run(() -> of(pond.asOf(txnSeq)));
  }

  /** As {@link Pond#asOf(Instant)}. */
  public CompletionStage<AsyncView> asOf(Instant instant) {
    return calls.run(() -> of(pond.asOf(instant)));
  }

  private AsyncView of(PondView view) {
    return new AsyncView(view.txnSeq(), AsyncWorkingDirectory.of(view.root(), calls, store));
  }

  /** As {@link Pond#begin}. */
  public CompletionStage<AsyncTransaction> begin() {
    return calls.run(() -> new AsyncTransaction(pond.begin(), calls, store));
  }

  /** As {@link Pond#transact}. */
  public <T> CompletionStage<T> transact(Pond.Change<T> change, int attempts) {
    return calls.run(() -> pond.transact(change, attempts));
  }

  /** Runs {@code read} on the newest state. */
  public <T> CompletionStage<T> read(Pond.Reading<T> read) {
    return calls.run(() -> read.apply(pond.view().root()));
  }
}
