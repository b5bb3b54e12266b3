package io.duckpond.launcher;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.ConflictException;
import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A pond opened for one verb. */
final class OneVerbSession implements PondSession {
  private final Pond pond;
  private final Function<String, CommitInfo> info;

  OneVerbSession(Pond pond, Function<String, CommitInfo> info) {
    this.pond = pond;
    this.info = info;
  }

  @Override
  public Pond pond() {
    return pond;
  }

  @Override
  public WorkingDirectory root() throws IOException {
    return pond.view().root();
  }

  @Override
  public PondView view() throws IOException {
    return pond.view();
  }

  @Override
  public List<String> pending() {
    return List.of();
  }

  @Override
  public Optional<CommitResult> change(String message, Change change) throws IOException {
    return Optional.of(attempt(message, change, 1));
  }

  /**
   * While this process waited for the write lock others may have changed what it was to change.
   * Then the change is run once more, on what they have left; now that the lock is held, nobody
   * comes in between. What the first attempt has read can still be read from it meanwhile.
   */
  private CommitResult attempt(String message, Change change, int more) throws IOException {
    try (Transaction transaction = pond.begin()) {
      change.apply(transaction.root());
      try {
        return transaction.commit(info.apply(message));
      } catch (ConflictException e) {
        if (more == 0) {
          throw e;
        }
        return attempt(message, change, more - 1);
      }
    }
  }

  @Override
  public void close() {
    pond.close();
  }
}
