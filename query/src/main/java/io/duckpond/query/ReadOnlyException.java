package io.duckpond.query;

/** The refusal of a statement that would change something, on its way through Calcite. */
final class ReadOnlyException extends RuntimeException {

  static final String MESSAGE =
      "the pond is read-only in SQL; queries and EXPLAIN are what it answers";

  private static final long serialVersionUID = 1L;

  ReadOnlyException() {
    super(MESSAGE);
  }
}
