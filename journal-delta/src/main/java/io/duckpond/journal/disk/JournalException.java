package io.duckpond.journal.disk;

/**
 * The world said no: a disk, a lock, a time-out. The message says what, where and what to try.
 * Nothing was stored, unless {@link #outcomeUnknown}.
 */
public final class JournalException extends RuntimeException {
  private final boolean outcomeUnknown;

  private JournalException(String message, Throwable cause, boolean outcomeUnknown) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /** A failure after which the change is surely not stored. */
  public static JournalException notStored(String message, Throwable cause) {
    return new JournalException(message, cause, false);
  }

  /** A failure after which it is not known whether the change is stored. */
  public static JournalException unknown(String message, Throwable cause) {
    return new JournalException(message, cause, true);
  }

  /** Returns whether the change may have become durable all the same. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
