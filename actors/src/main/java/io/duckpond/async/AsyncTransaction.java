package io.duckpond.async;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.Transaction;
import io.duckpond.content.ContentStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * A {@link Transaction} whose calls return at once. Any thread: all calls on it and on its
 * directories are done one after another, in the order of asking, so a commit has in it what was
 * asked for before. Contents that are still on their way in when it commits are not.
 */
public final class AsyncTransaction {
  private final Transaction transaction;
  private final Calls calls;
  private final AsyncWorkingDirectory root;

  AsyncTransaction(Transaction transaction, Calls threads, ContentStore store) {
    this.transaction = transaction;
    this.calls = threads.oneByOne();
    this.root = AsyncWorkingDirectory.ofTransaction(transaction.root(), calls, threads, store);
  }

  /** A call on the blocking form. */
  @FunctionalInterface
  public interface Call<T> {
    /** Runs on a thread of the pond's. */
    T on(Transaction transaction) throws IOException;
  }

  /** Runs several calls as one. */
  public <T> CompletionStage<T> call(Call<T> call) {
    return calls.run(() -> call.on(transaction));
  }

  /** Returns the root as this transaction sees it. */
  public AsyncWorkingDirectory root() {
    return root;
  }

  /** As {@link Transaction#commit()}. */
  public CompletionStage<CommitResult> commit() {
    return commit(CommitInfo.NONE);
  }

  /** As {@link Transaction#commit(CommitInfo)}. */
  public CompletionStage<CommitResult> commit(CommitInfo info) {
    return call(open -> open.commit(info));
  }

  /** As {@link Transaction#rollback}. */
  public CompletionStage<Done> rollback() {
    return call(
        open -> {
          open.rollback();
          return Done.getInstance();
        });
  }

  /** As {@link Transaction#dirty}. */
  public CompletionStage<List<String>> dirty() {
    return call(Transaction::dirty);
  }

  /** As {@link Transaction#close}. */
  public CompletionStage<Done> close() {
    return call(
        open -> {
          open.close();
          return Done.getInstance();
        });
  }
}
