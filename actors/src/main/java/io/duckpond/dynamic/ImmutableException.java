package io.duckpond.dynamic;

import java.nio.file.FileSystemException;

/** What is computed cannot be changed. */
public final class ImmutableException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /** For a change at {@code path}. */
  public ImmutableException(String path) {
    super(path, null, "immutable: it is computed");
  }
}
