package io.duckpond.journal.disk;

/** Stored bytes fail their check. The message names the place, what was expected and found. */
public final class DamageException extends RuntimeException {

  public DamageException(String message) {
    super(message);
  }

  public DamageException(String message, Throwable cause) {
    super(message, cause);
  }
}
