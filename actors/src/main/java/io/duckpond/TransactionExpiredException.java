package io.duckpond;

import java.nio.file.ClosedFileSystemException;
import java.time.Duration;

/** A transaction was open for longer than it may be; its uncommitted changes are dropped. */
public final class TransactionExpiredException extends ClosedFileSystemException {
  private static final long serialVersionUID = 1;

  private final Duration allowed;

  /** One that was allowed a duration. */
  public TransactionExpiredException(Duration allowed) {
    this.allowed = allowed;
  }

  @Override
  public String getMessage() {
    return "the transaction was open for more than "
        + allowed.toMillis()
        + " ms: its uncommitted changes are dropped";
  }
}
