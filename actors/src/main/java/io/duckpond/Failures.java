package io.duckpond;

import com.typesafe.config.ConfigException;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Says of anything that was thrown which of four kinds it is, and how to put it in one line. */
public final class Failures {

  /** What went wrong, and therefore who can do something about it. */
  public enum Kind {
    /** Nothing is wrong, the answer is no. */
    REFUSAL,
    /** The world said no: a disk, a lock, a time-out. */
    FAILURE,
    /** Stored bytes fail their check. */
    DAMAGE,
    /** A bug of ours. */
    FAULT
  }

  /**
   * A failure in words.
   *
   * @param subject the path in question; may be empty
   * @param message what is the matter, one line, without the subject
   * @param hint what to do about it
   */
  public record Failure(Kind kind, String subject, String message, Optional<String> hint) {

    /** Returns the subject, if there is one, and the message. */
    public String line() {
      return subject.isEmpty() ? message : subject + ": " + message;
    }
  }

  /**
   * How those answers of the operating system begin that are about what was asked for. All others,
   * of which every system has its own, are about the state it is in; ours begin in lower case.
   */
  private static final List<String> ANSWERS =
      List.of(
          "No such file",
          "File exists",
          "Is a directory",
          "Not a directory",
          "Directory not empty",
          "File name too long",
          "Too many levels of symbolic links");

  private Failures() {}

  /** Returns what {@code thrown}, or what it wraps, means to a user. */
  public static Failure classify(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof JournalException failure) {
      return ofJournal(failure);
    }
    if (cause instanceof DamageException) {
      return new Failure(
          Kind.DAMAGE,
          "",
          oneLine(cause),
          Optional.of("nothing was guessed around it; fsck tells all that is damaged"));
    }
    if (cause instanceof FileSystemException refusal) {
      return ofFileSystem(refusal);
    }
    if (cause instanceof InvalidPathException invalid) {
      return refusal(invalid.getInput(), invalid.getReason());
    }
    if (cause instanceof ReadOnlyStateException state) {
      return refusal(state.path(), "a committed state cannot be changed");
    }
    if (cause instanceof TransactionExpiredException) {
      return refusal("", oneLine(cause));
    }
    if (cause instanceof ClosedFileSystemException) {
      return refusal("", "it is closed: the pond, its file system or the transaction");
    }
    if (cause instanceof ConfigException) {
      return refusal("configuration", oneLine(cause));
    }
    if (cause instanceof IOException) {
      return new Failure(Kind.FAILURE, "", oneLine(cause), Optional.empty());
    }
    if (cause instanceof OutOfMemoryError) {
      return new Failure(
          Kind.FAILURE,
          "",
          "out of memory: " + oneLine(cause),
          Optional.of("give the JVM more, for instance -Xmx1g"));
    }
    return new Failure(
        Kind.FAULT,
        "",
        "this is a bug: " + cause.getClass().getSimpleName() + ": " + oneLine(cause),
        Optional.empty());
  }

  private static Failure ofJournal(JournalException failure) {
    return new Failure(
        Kind.FAILURE,
        "",
        oneLine(failure),
        failure.outcomeUnknown()
            ? Optional.of("the change may be stored all the same: look before trying again")
            : SystemErrors.in(failure).flatMap(Failures::hint));
  }

  /** Returns what to do about what the system said. */
  private static Optional<String> hint(FileSystemException refusal) {
    String reason = refusal.getReason() == null ? "" : refusal.getReason();
    if (refusal instanceof AccessDeniedException) {
      return Optional.of("look who owns it and what its mode allows");
    }
    if (reason.startsWith("No space left") || reason.startsWith("Disk quota")) {
      return Optional.of(
          "free some space (or inodes) there and run it again; nothing needs repair");
    }
    if (reason.startsWith("Read-only file system")) {
      return Optional.of("it can be read as it is; mount it writable to change it");
    }
    if (reason.startsWith("Too many open files")) {
      return Optional.of("let the process open more files (ulimit -n) and run it again");
    }
    if (reason.startsWith("Input/output error")) {
      return Optional.of("the disk itself failed: see the system's log");
    }
    return Optional.empty();
  }

  private static boolean isOfTheSystem(String reason) {
    return !reason.isEmpty()
        && Character.isUpperCase(reason.charAt(0))
        && ANSWERS.stream().noneMatch(reason::startsWith);
  }

  private static Failure ofFileSystem(FileSystemException thrown) {
    String subject = thrown.getFile() == null ? "" : thrown.getFile();
    String reason = thrown.getReason() == null ? "" : thrown.getReason();
    if (thrown instanceof ConflictException) {
      return new Failure(
          Kind.REFUSAL,
          subject,
          "conflict: " + reason,
          Optional.of("nothing was written; run it again on the new state"));
    }
    if (thrown instanceof AccessDeniedException) {
      return new Failure(Kind.FAILURE, subject, "permission denied", hint(thrown));
    }
    if (isOfTheSystem(reason)) {
      return new Failure(Kind.FAILURE, subject, reason, hint(thrown));
    }
    return refusal(subject, reason.isEmpty() ? nameOf(thrown) : reason);
  }

  private static String nameOf(FileSystemException refusal) {
    if (refusal instanceof NoSuchFileException) {
      return "no such file";
    }
    if (refusal instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    if (refusal instanceof DirectoryNotEmptyException) {
      return "directory not empty";
    }
    if (refusal instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (refusal instanceof FileSystemLoopException) {
      return "too many levels of symbolic links";
    }
    return refusal instanceof NotLinkException ? "not a symbolic link" : "refused";
  }

  private static Failure refusal(String subject, String message) {
    return new Failure(Kind.REFUSAL, subject, message, Optional.empty());
  }

  private static Throwable unwrapped(Throwable thrown) {
    boolean wraps =
        thrown instanceof CompletionException
            || thrown instanceof ExecutionException
            || thrown instanceof UncheckedIOException;
    Throwable cause = thrown.getCause();
    return wraps && cause != null ? unwrapped(cause) : thrown;
  }

  private static String oneLine(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? thrown.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
