package io.duckpond.journal.disk;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/**
 * What the operating system said, under what others have wrapped around it: which file, and what is
 * the matter with it.
 */
public final class SystemErrors {
  private SystemErrors() {}

  /**
   * Returns the innermost refusal of the system, if there is one: a disk that fails, is full or may
   * not be written. That a file is absent or exists is an answer, and not meant.
   */
  public static Optional<FileSystemException> in(Throwable failure) {
    Optional<FileSystemException> found = Optional.empty();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof AccessDeniedException
          || at instanceof FileSystemException && at.getClass() == FileSystemException.class) {
        found = Optional.of((FileSystemException) at);
      }
    }
    return found;
  }

  /** Returns what is the matter in words: the system's if it has said something. */
  public static String message(Throwable failure) {
    Throwable telling = in(failure).map(Throwable.class::cast).orElse(failure);
    if (telling instanceof AccessDeniedException denied && denied.getReason() == null) {
      return denied.getFile() + ": permission denied";
    }
    String message = telling.getMessage();
    return message == null ? telling.getClass().getSimpleName() : message;
  }
}
