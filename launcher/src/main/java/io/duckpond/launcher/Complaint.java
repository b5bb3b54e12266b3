package io.duckpond.launcher;

import java.util.Optional;

/**
 * What the user is told when a verb fails: one line, perhaps a hint, and an exit code.
 *
 * @param subject a path or what else it is about
 */
public record Complaint(String subject, String what, Optional<String> hint, int exitCode) {

  /** A command line that makes no sense. */
  public static Complaint usage(String subject, String what, String hint) {
    return new Complaint(subject, what, Optional.of(hint), ExitCodes.USAGE);
  }

  /** A command line that makes no sense. */
  public static Complaint usage(String subject, String what) {
    return new Complaint(subject, what, Optional.empty(), ExitCodes.USAGE);
  }

  /** The answer is no, and there is something else to try. */
  public static Complaint refusal(String subject, String what, String hint) {
    return new Complaint(subject, what, Optional.of(hint), ExitCodes.REFUSED);
  }

  /** The answer is no. */
  public static Complaint refusal(String subject, String what) {
    return new Complaint(subject, what, Optional.empty(), ExitCodes.REFUSED);
  }

  /** Returns this as something to throw. */
  public ComplaintException exception() {
    return new ComplaintException(this);
  }
}
