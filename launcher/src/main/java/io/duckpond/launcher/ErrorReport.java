package io.duckpond.launcher;

import com.typesafe.config.ConfigException;
import io.duckpond.Failures;
import io.duckpond.Failures.Failure;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** What the user is told of something thrown: never a stack trace, always an exit code. */
final class ErrorReport {

  private ErrorReport() {}

  /** Returns the complaint; {@code verb} is its subject if nothing better is known. */
  static Complaint of(Throwable thrown, String verb) {
    if (thrown instanceof ComplaintException refused) {
      return refused.complaint();
    }
    if (thrown instanceof CharacterCodingException) {
      return Complaint.refusal(verb, "the input is not UTF-8 text");
    }
    if (thrown instanceof ConfigException) {
      return Complaint.usage(
          "application.conf",
          String.valueOf(thrown.getMessage()),
          "every key stands in a module's reference.conf, with what it means");
    }
    Failure failure = Failures.classify(thrown);
    return new Complaint(
        subject(failure, verb),
        failure.message(),
        failure.kind() == Failures.Kind.FAULT
            ? Optional.of("--debug shows where; a report with that is welcome")
            : failure.hint(),
        exitCode(failure.kind()));
  }

  /** Damage begins with the path or file that it concerns, and needs nothing before it. */
  private static String subject(Failure failure, String verb) {
    boolean named = failure.kind() == Failures.Kind.DAMAGE || !failure.subject().isEmpty();
    return named ? failure.subject() : verb;
  }

  private static int exitCode(Failures.Kind kind) {
    return switch (kind) {
      case REFUSAL -> ExitCodes.REFUSED;
      case FAILURE -> ExitCodes.FAILURE;
      case DAMAGE -> ExitCodes.DAMAGE;
      case FAULT -> ExitCodes.FAULT;
    };
  }
}
