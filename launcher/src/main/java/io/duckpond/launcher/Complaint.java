package io.duckpond.launcher;

import java.util.List;
import java.util.Optional;

/**
 * What the user is told when a verb fails: one line, perhaps a hint, and an exit code.
 *
 * @param subject a path or what else it is about; empty if {@code what} begins with that
 * @param details lines that help somebody at a terminal, and would only be in a script's way
 */
public record Complaint(
    String subject, String what, Optional<String> hint, List<String> details, int exitCode) {

  public Complaint {
    details = List.copyOf(details);
  }

  /** Without details. */
  public Complaint(String subject, String what, Optional<String> hint, int exitCode) {
    this(subject, what, hint, List.of(), exitCode);
  }

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

  /** The same with lines for a terminal. */
  public Complaint withDetails(List<String> lines) {
    return new Complaint(subject, what, hint, lines, exitCode);
  }

  /** Returns this as something to throw. */
  public ComplaintException exception() {
    return new ComplaintException(this);
  }
}
