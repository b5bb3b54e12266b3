package io.duckpond.launcher;

import io.duckpond.ConflictException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What the user is told of something thrown: never a stack trace, always an exit code. */
final class ErrorReport {

  private ErrorReport() {}

  /** Returns the complaint; {@code verb} is its subject if nothing better is known. */
  static Complaint of(Throwable thrown, String verb) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof ComplaintException complaint) {
      return complaint.complaint();
    }
    int exitCode = exitCode(cause);
    if (cause instanceof FileSystemException refused && refused.getFile() != null) {
      return new Complaint(refused.getFile(), words(refused), hint(refused), exitCode);
    }
    if (cause instanceof InvalidPathException odd) {
      return Complaint.refusal(odd.getInput(), odd.getReason());
    }
    if (cause instanceof ReadOnlyFileSystemException) {
      return Complaint.refusal(verb, "a committed state cannot be changed");
    }
    if (cause instanceof CharacterCodingException) {
      return Complaint.refusal(verb, "the input is not UTF-8 text");
    }
    if (cause instanceof OutOfMemoryError) {
      return new Complaint(
          verb,
          "out of memory",
          Optional.of("POND_JAVA_OPTS=-Xmx2g gives more"),
          ExitCodes.FAILURE);
    }
    if (exitCode == ExitCodes.FAULT) {
      return new Complaint(
          verb,
          "this is a bug: " + cause,
          Optional.of("--debug shows where; a report with it is welcome"),
          exitCode);
    }
    return new Complaint(verb, messageOf(cause), Optional.empty(), exitCode);
  }

  private static int exitCode(Throwable cause) {
    return ExitCodes.FAULT;
  }

  private static String words(FileSystemException refused) {
    if (refused.getReason() != null) {
      return refused.getReason();
    }
    if (refused instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (refused instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    if (refused instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (refused instanceof DirectoryNotEmptyException) {
      return "directory is not empty";
    }
    if (refused instanceof FileSystemLoopException) {
      return "too many symbolic links, or a loop of them";
    }
    if (refused instanceof NotLinkException) {
      return "not a symbolic link";
    }
    if (refused instanceof AccessDeniedException) {
      return "permission denied";
    }
    return "refused (" + refused.getClass().getSimpleName() + ")";
  }

  private static Optional<String> hint(FileSystemException refused) {
    return refused instanceof ConflictException
        ? Optional.of("somebody else changed it meanwhile: try again")
        : Optional.empty();
  }

  private static String messageOf(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof CompletionException
            || cause instanceof ExecutionException
            || cause instanceof UncheckedIOException)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
