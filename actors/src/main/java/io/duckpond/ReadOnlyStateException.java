package io.duckpond;

import java.nio.file.ReadOnlyFileSystemException;

/** A committed state is for ever as it is: nothing was changed. */
public final class ReadOnlyStateException extends ReadOnlyFileSystemException {
  private static final long serialVersionUID = 1;

  private final String path;

  /** For a change at {@code path}. */
  public ReadOnlyStateException(String path) {
    this.path = path;
  }

  /** Returns the path that was to be changed. */
  public String path() {
    return path;
  }

  @Override
  public String getMessage() {
    return path + ": a committed state cannot be changed";
  }
}
