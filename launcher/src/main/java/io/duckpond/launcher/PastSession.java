package io.duckpond.launcher;

import io.duckpond.CommitResult;
import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.WorkingDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A session that reads from an earlier state; of what is pending in the shell it shows nothing. */
final class PastSession implements PondSession {
  private final PondSession present;
  private final PondView then;

  private PastSession(PondSession present, PondView then) {
    this.present = present;
    this.then = then;
  }

  /** Returns a session on {@code when}; gives {@code present} back if there is no such state. */
  static PondSession of(PondSession present, StateName when) throws IOException {
    try {
      return new PastSession(present, when.in(present.pond()));
    } catch (IOException | RuntimeException e) {
      present.close();
      throw e;
    }
  }

  @Override
  public Pond pond() {
    return present.pond();
  }

  @Override
  public WorkingDirectory root() {
    return then.root();
  }

  @Override
  public PondView view() {
    return then;
  }

  @Override
  public List<String> pending() {
    return List.of();
  }

  @Override
  public Optional<CommitResult> change(String message, Change change) {
    throw new IllegalStateException("no verb that changes the pond is given an earlier state");
  }

  @Override
  public void close() {
    present.close();
  }
}
