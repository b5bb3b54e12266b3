package io.duckpond.journal.table;

import java.util.Locale;

/** What a {@link LogRecord} holds; stored by its lower-case name. */
public enum RecordKind {
  /** Bytes that belong to an event but are not needed to recover from it. */
  ATTACHMENT,
  /** The marker of a deletion up to a sequence number. */
  DELETION,
  /** Events of one partition. */
  EVENT,
  /** The application's bytes about one transaction. */
  TRANSACTION;

  private final String storedName = name().toLowerCase(Locale.ROOT);

  /** Returns the stored name. */
  public String storedName() {
    return storedName;
  }

  /** Returns the kind of a stored name, or throws {@link IllegalArgumentException}. */
  public static RecordKind ofStoredName(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
