package io.duckpond.journal.table;

/** A table did not keep what it has promised. */
final class SimulationFailure extends AssertionError {
  private static final long serialVersionUID = 1;

  /** What became of a flush, or of the table. */
  enum Kind {
    /** It was acknowledged, and is not there as it was written. */
    LOST,
    /** It was not acknowledged, and is there in part; or what nobody wrote is there. */
    PARTIAL,
    /** It cannot be opened, read or appended to. */
    UNREADABLE
  }

  SimulationFailure(Kind kind, String what) {
    super(kind + ": " + what);
  }

  SimulationFailure(Kind kind, String what, Throwable cause) {
    super(kind + ": " + what, cause);
  }
}
