package io.duckpond.query;

import java.sql.SQLException;

/**
 * A statement that was not run because of what it says. The message is one line of what is wrong
 * and, where that is known, the line of the statement in question with carets below the place.
 */
public final class SqlRefusedException extends SQLException {

  private static final long serialVersionUID = 1L;

  private final String summary;
  private final String excerpt;

  SqlRefusedException(String summary, String excerpt) {
    super(excerpt.isEmpty() ? summary : summary + "\n" + excerpt);
    this.summary = summary;
    this.excerpt = excerpt;
  }

  /** Returns what is wrong, in one line. */
  public String summary() {
    return summary;
  }

  /** Returns the place in the statement, two lines; empty if it is not known. */
  public String excerpt() {
    return excerpt;
  }
}
