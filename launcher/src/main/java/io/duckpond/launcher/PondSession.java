package io.duckpond.launcher;

import io.duckpond.CommitResult;
import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.WorkingDirectory;
import io.duckpond.history.History;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A verb's way to the pond, the same alone and in the shell: alone a change is one transaction,
 * committed before {@link #change} returns; in the shell it stays pending. For one thread.
 */
public interface PondSession extends AutoCloseable {

  /** Returns the pond. */
  Pond pond();

  /** Returns the root to read from; in the shell with what is pending. */
  WorkingDirectory root() throws IOException;

  /** Returns the committed state whose tree and log are shown: the newest, or an earlier one. */
  PondView view() throws IOException;

  /** Returns what became of nodes up to that state. */
  default History history() throws IOException {
    return pond().history(view());
  }

  /** Returns the paths with uncommitted changes; alone there are none. */
  List<String> pending();

  /**
   * Runs {@code change}: all of it or nothing becomes durable.
   *
   * @param message the user's words for the log; may be empty
   * @return what was committed; empty if it stays pending
   */
  Optional<CommitResult> change(String message, Change change) throws IOException;

  /** Gives back the pond; in the shell it stays open. */
  @Override
  void close();

  /** What a verb does to the pond. */
  @FunctionalInterface
  interface Change {
    /** Changes what is below {@code root}; run again, on a newer state, after a conflict. */
    void apply(WorkingDirectory root) throws IOException;
  }
}
