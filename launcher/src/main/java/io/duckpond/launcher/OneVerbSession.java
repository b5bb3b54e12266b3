package io.duckpond.launcher;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.Pond;
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
  public List<String> pending() {
    return List.of();
  }

  @Override
  public Optional<CommitResult> change(String message, Change change) throws IOException {
    try (Transaction transaction = pond.begin()) {
      change.apply(transaction.root());
      return Optional.of(transaction.commit(info.apply(message)));
    }
  }

  @Override
  public void close() {
    pond.close();
  }
}
