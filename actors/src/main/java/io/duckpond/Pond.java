package io.duckpond;

import io.duckpond.oplog.OplogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * One pond, open in this process. Any thread. Reading takes no lock and starts no actor; the first
 * commit takes the write lock and starts the actors, and both last until {@link #close}.
 */
public final class Pond implements AutoCloseable {

  private Pond() {}

  /**
   * Creates an empty pond (transaction 1 is the root directory) in an absent or empty directory and
   * opens it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if a pond is there
   * @throws java.nio.file.DirectoryNotEmptyException if something else is there
   */
  public static Pond create(Path directory, PondSettings settings) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Opens a pond with the settings of the class path's configuration. */
  public static Pond open(Path directory) throws IOException {
    throw new IllegalStateException("contract");
  }

  /**
   * Opens an existing pond.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  public static Pond open(Path directory, PondSettings settings) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** The same without blocking. */
  public static CompletionStage<Pond> openAsync(Path directory, PondSettings settings) {
    throw new IllegalStateException("contract");
  }

  /** Returns the absolute path of the pond's folder. */
  public Path directory() {
    throw new IllegalStateException("contract");
  }

  /** Returns the newest committed state, other processes' commits included. */
  public PondView view() throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Returns the state after a transaction; refuses a number below 1 or not yet given. */
  public PondView asOf(long txnSeq) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Returns the state at an instant: after the last transaction not later than it. */
  public PondView asOf(Instant instant) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Opens a transaction on the newest committed state. Takes no lock yet. */
  public Transaction begin() throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Runs {@code change} in a transaction and commits it; again on a conflict. */
  public <T> T transact(Change<T> change, int attempts) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** The same without blocking, on a thread of the pond's. */
  public <T> CompletionStage<T> transactAsync(Change<T> change, int attempts) {
    throw new IllegalStateException("contract");
  }

  /** Runs {@code read} on the newest state, on a thread of the pond's. */
  public <T> CompletionStage<T> readAsync(Reading<T> read) {
    throw new IllegalStateException("contract");
  }

  /** Returns counts; loads the whole tree. */
  public PondStatus status() throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Replays the whole log into fresh state, all cores, checking every hash in it. */
  public RestoreReport restore(RestoreMode mode, Progress progress) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Returns the log for those who look at history. */
  public OplogReader oplog() throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Waits for commits in flight, stops the actors, gives back the lock. */
  @Override
  public void close() {}

  /** A function that changes a pond within a transaction. */
  @FunctionalInterface
  public interface Change<T> {
    /** Changes what is below {@code root}; may be run again on a newer state. */
    T apply(WorkingDirectory root) throws IOException;
  }

  /** A function that reads a committed state. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads below {@code root}. */
    T apply(WorkingDirectory root) throws IOException;
  }
}
