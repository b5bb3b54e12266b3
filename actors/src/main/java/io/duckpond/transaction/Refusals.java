package io.duckpond.transaction;

import io.duckpond.path.Resolution;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The one place where a path that leads nowhere becomes an exception. */
final class Refusals {

  private Refusals() {}

  /** Returns the refusal for a path of which {@code invalid} says what is wrong. */
  static FileSystemException of(InvalidPathException invalid) {
    FileSystemException refusal =
        new FileSystemException(invalid.getInput(), null, invalid.getReason());
    refusal.initCause(invalid);
    return refusal;
  }

  /** Returns the refusal for a path at which nothing is; of a broken link it names the target. */
  static FileSystemException of(Resolution.Vacant vacant, String asked) {
    return vacant
        .linkTarget()
        .map(target -> broken(target, asked))
        .orElseGet(() -> new NoSuchFileException(asked));
  }

  /** Returns the refusal for a path that means nothing. */
  static FileSystemException of(Resolution.Blocked blocked, String asked) {
    return switch (blocked.reason()) {
      case MISSING ->
          blocked
              .linkTarget()
              .map(target -> broken(target, asked))
              .orElseGet(() -> new NoSuchFileException(blocked.at()));
      case NOT_A_DIRECTORY -> new NotDirectoryException(blocked.at());
      case LINK_LOOP -> new FileSystemLoopException(asked);
      case ESCAPES_ROOT ->
          new FileSystemException(asked, blocked.linkTarget().orElse(""), "parent path invalid");
    };
  }

  private static NoSuchFileException broken(String target, String asked) {
    return new NoSuchFileException(target, null, "no such file, the target of link " + asked);
  }

  /** Returns a refusal for a reason that the JDK has no class for. */
  static FileSystemException because(String path, String reason) {
    return new FileSystemException(path, null, reason);
  }
}
