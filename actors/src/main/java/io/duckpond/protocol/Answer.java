package io.duckpond.protocol;

import io.duckpond.Failures;
import io.duckpond.journal.disk.JournalException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What comes of a command. Every command is answered once, unless a message gets lost. */
public sealed interface Answer<T extends Payload> extends PondMessage {

  /** It was done. */
  record Value<T extends Payload>(T value) implements Answer<T> {}

  /**
   * Nothing is wrong, the answer is no, and nothing was changed.
   *
   * @param type the name of the exception's class, such as {@code
   *     java.nio.file.NoSuchFileException}
   * @param path the path in question; empty if it is about none
   * @param reason what is the matter, one line
   * @param other the second path, or the link's target, if there is one
   */
  record Refused<T extends Payload>(String type, String path, String reason, Optional<String> other)
      implements Answer<T> {

    /** Returns whether it is of that class itself. */
    public boolean is(Class<? extends Exception> refusal) {
      return type.equals(refusal.getName());
    }
  }

  /**
   * It could not be done.
   *
   * @param message what is the matter, one line
   */
  record Failed<T extends Payload>(Kind kind, String message, Outcome outcome)
      implements Answer<T> {}

  /** Why something could not be done. */
  enum Kind {
    /** The world said no: a disk, a lock, too many calls. */
    FAILURE,
    /** Stored bytes fail their check. */
    DAMAGE,
    /** A bug of the library. */
    FAULT
  }

  /** What became of the changes. */
  enum Outcome {
    NOT_STORED,
    /** They may be stored all the same: look before trying again. */
    UNKNOWN
  }

  /** Returns what is answered instead of a value. */
  static <T extends Payload> Answer<T> of(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    Failures.Failure failure = Failures.classify(cause);
    return switch (failure.kind()) {
      case REFUSAL ->
          new Refused<>(
              cause.getClass().getName(), failure.subject(), failure.message(), other(cause));
      case FAILURE -> new Failed<>(Kind.FAILURE, failure.line(), outcome(cause));
      case DAMAGE -> new Failed<>(Kind.DAMAGE, failure.line(), Outcome.NOT_STORED);
      case FAULT -> new Failed<>(Kind.FAULT, failure.line(), Outcome.UNKNOWN);
    };
  }

  private static Outcome outcome(Throwable cause) {
    return cause instanceof JournalException failure && failure.outcomeUnknown()
        ? Outcome.UNKNOWN
        : Outcome.NOT_STORED;
  }

  private static Optional<String> other(Throwable cause) {
    return cause instanceof FileSystemException refusal
        ? Optional.ofNullable(refusal.getOtherFile())
        : Optional.empty();
  }

  private static Throwable unwrapped(Throwable thrown) {
    boolean wraps = thrown instanceof CompletionException || thrown instanceof UncheckedIOException;
    Throwable cause = thrown.getCause();
    return wraps && cause != null ? unwrapped(cause) : thrown;
  }
}
