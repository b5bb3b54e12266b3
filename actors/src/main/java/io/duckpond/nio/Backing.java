package io.duckpond.nio;

import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.ReadOnlyStateException;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.content.Scratch;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.util.Optional;

/**
 * The state that a file system shows, and how it is changed. What is a failure or damage elsewhere
 * is an {@link IOException} here, as those who use {@code java.nio.file} expect.
 */
sealed interface Backing {

  /** A tree, and a root to read it from. */
  record State(Tree tree, WorkingDirectory root) {}

  /** Looks at a state. */
  @FunctionalInterface
  interface Look<T> {
    T at(State state) throws IOException;
  }

  /** Runs {@code look} on the state as it is now. */
  <T> T read(Look<T> look) throws IOException;

  /** Runs {@code change}, perhaps several times; durable then, unless a transaction is to be. */
  <T> T change(Pond.Change<T> change) throws IOException;

  /** Returns the pond, unless nothing but one state of it is known. */
  Optional<Pond> pond();

  boolean isReadOnly();

  boolean isOpen();

  /** Returns a file to put bytes aside. */
  default Scratch scratch() throws IOException {
    return guarded(() -> pond().orElseThrow(() -> new ReadOnlyStateException("/")).scratch());
  }

  /** The newest committed state; each change is a transaction. Any thread. */
  record Present(Pond open) implements Backing {
    private static final int ATTEMPTS = 100;

    @Override
    public <T> T read(Look<T> look) throws IOException {
      return guarded(() -> look.at(state(open.view())));
    }

    @Override
    public <T> T change(Pond.Change<T> change) throws IOException {
      return guarded(() -> open.transact(change, ATTEMPTS));
    }

    @Override
    public Optional<Pond> pond() {
      return Optional.of(open);
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public boolean isOpen() {
      return open.isOpen();
    }
  }

  /** What a transaction sees. One thread at a time, which is seen to here. */
  record Uncommitted(Transaction transaction) implements Backing {
    @Override
    public <T> T read(Look<T> look) throws IOException {
      synchronized (transaction) {
        return guarded(() -> look.at(new State(transaction.tree(), transaction.root())));
      }
    }

    @Override
    public <T> T change(Pond.Change<T> change) throws IOException {
      synchronized (transaction) {
        return guarded(() -> change.apply(transaction.root()));
      }
    }

    @Override
    public Optional<Pond> pond() {
      return Optional.of(transaction.pond());
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public boolean isOpen() {
      return transaction.pond().isOpen();
    }
  }

  /** A committed state, for ever the same. Any thread. */
  record Past(PondView view, Optional<Pond> pond) implements Backing {
    @Override
    public <T> T read(Look<T> look) throws IOException {
      return guarded(() -> look.at(state(view)));
    }

    @Override
    public <T> T change(Pond.Change<T> change) throws IOException {
      return guarded(() -> change.apply(view.root())); // which refuses, by path
    }

    @Override
    public boolean isReadOnly() {
      return true;
    }

    @Override
    public boolean isOpen() {
      return pond.map(Pond::isOpen).orElse(true);
    }
  }

  private static State state(PondView view) {
    return new State(view.tree(), view.root());
  }

  /** Does something that may meet a disk. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /** Runs {@code call}; failure and damage are {@link IOException}s. */
  static <T> T guarded(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (JournalException | DamageException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
