package io.duckpond.launcher;

/** Nobody reads standard output any more: the run ends quietly, with success. */
final class ClosedPipeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClosedPipeException(Throwable cause) {
    super("standard output is closed", cause);
  }
}
