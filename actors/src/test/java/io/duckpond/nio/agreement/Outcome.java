package io.duckpond.nio.agreement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.util.Objects;

/** What comes of a call: what it returned, or the class of its refusal. */
record Outcome(String text, boolean refused) {

  /** A call. */
  interface Action {
    String run() throws IOException;
  }

  /** Runs a call. What is no refusal, such as a fault or a failure, is thrown. */
  static Outcome of(Action action) throws IOException {
    try {
      return new Outcome(action.run(), false);
    } catch (UncheckedIOException e) {
      return new Outcome(of(Objects.requireNonNull(e.getCause())), true);
    } catch (DirectoryIteratorException e) {
      return new Outcome(of(Objects.requireNonNull(e.getCause())), true);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return new Outcome(e.getClass().getSimpleName(), true);
    } catch (IOException e) {
      return new Outcome(of(e), true);
    }
  }

  /** Returns the class of a refusal. For two of them jimfs has no class, only a message. */
  static String of(IOException refusal) throws IOException {
    if (refusal instanceof FileSystemException) {
      return refusal.getClass().getSimpleName();
    }
    String message = String.valueOf(refusal.getMessage());
    if (message.equals("too many levels of symbolic links")) {
      return FileSystemLoopException.class.getSimpleName();
    }
    if (message.equals("invalid argument: can't move directory into a subdirectory of itself")) {
      return FileSystemException.class.getSimpleName();
    }
    throw refusal;
  }
}
