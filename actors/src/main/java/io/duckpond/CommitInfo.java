package io.duckpond;

/**
 * What a transaction says of itself in the log.
 *
 * @param command what was run; may be empty
 * @param message the user's words; may be empty
 * @param user who ran it; may be empty
 */
public record CommitInfo(String command, String message, String user) {

  /** Nothing to say. */
  public static final CommitInfo NONE = new CommitInfo("", "", "");

  /** Only a message. */
  public static CommitInfo message(String message) {
    return new CommitInfo("", message, "");
  }
}
