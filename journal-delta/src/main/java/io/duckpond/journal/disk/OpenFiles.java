package io.duckpond.journal.disk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Failures of open files, of which the JDK does not say which file it was. */
final class OpenFiles {
  private OpenFiles() {}

  /** Returns what {@code failure} of an operation on {@code file} is to be reported as. */
  static IOException named(Path file, IOException failure) {
    if (failure instanceof FileSystemException) {
      return failure;
    }
    if (failure instanceof ClosedByInterruptException) {
      InterruptedIOException interrupted =
          new InterruptedIOException(file + ": the thread was interrupted");
      interrupted.initCause(failure);
      return interrupted;
    }
    if (failure.getMessage() == null) {
      return failure; // the JDK's own, which is about this program and not about the file
    }
    FileSystemException named =
        new FileSystemException(file.toString(), null, failure.getMessage());
    named.initCause(failure);
    return named;
  }
}
