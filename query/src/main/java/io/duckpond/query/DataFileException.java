package io.duckpond.query;

/** The refusal of a path in FROM on its way through Calcite: the message says why. */
final class DataFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;

  DataFileException(String path, String message) {
    super(message);
    this.path = path;
  }

  /** Returns the path as the statement has it. */
  String path() {
    return path;
  }
}
