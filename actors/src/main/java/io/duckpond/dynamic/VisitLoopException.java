package io.duckpond.dynamic;

import java.nio.file.FileSystemLoopException;

/** A dynamic node looks into itself. */
public final class VisitLoopException extends FileSystemLoopException {
  private static final long serialVersionUID = 1L;

  /** For the node at {@code path}. */
  public VisitLoopException(String path) {
    super(path);
  }

  @Override
  public String getReason() {
    return "visit loop";
  }
}
