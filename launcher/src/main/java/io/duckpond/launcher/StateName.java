package io.duckpond.launcher;

import io.duckpond.Pond;
import io.duckpond.PondTime;
import io.duckpond.PondView;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Pattern;

/**
 * A state of the pond as a user names it: digits are the number of a transaction, all else is a
 * time in ISO 8601. A date alone means its first moment; without an offset the zone is the user's.
 */
public sealed interface StateName {

  /** Returns the state; refuses one that is not there, or not yet. */
  PondView in(Pond pond) throws IOException;

  /** The state after a transaction. */
  record Transaction(long txnSeq) implements StateName {
    @Override
    public PondView in(Pond pond) throws IOException {
      return pond.asOf(txnSeq);
    }
  }

  /** The state at an instant. */
  record At(Instant instant) implements StateName {
    @Override
    public PondView in(Pond pond) throws IOException {
      return pond.asOf(instant);
    }
  }

  /** The newest committed state. */
  record Newest() implements StateName {
    @Override
    public PondView in(Pond pond) throws IOException {
      return pond.view();
    }
  }

  /**
   * Returns what {@code text} names.
   *
   * @param subject where it was given, as {@code --as-of}; for the usage error
   */
  static StateName parse(String text, ZoneId zone, String subject) {
    if (Syntax.NUMBER.matcher(text).matches()) {
      return new Transaction(Syntax.number(text));
    }
    return new At(
        PondTime.parse(text, zone)
            .orElseThrow(
                () ->
                    Complaint.usage(
                            subject,
                            "neither a transaction's number nor a time: '" + text + "'",
                            "as in 42, 2026-11-22, 2026-11-22T13:02:40 or 2026-11-22T12:02:40.5Z")
                        .exception()));
  }

  /** The same, and {@code now} is the newest state. */
  static StateName parseOrNow(String text, ZoneId zone, String subject) {
    return text.equals("now") ? new Newest() : parse(text, zone, subject);
  }

  /** How names of states are written. */
  final class Syntax {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
    private static final int MOST_DIGITS = 18;

    private Syntax() {}

    /** A number beyond all transactions stays one. */
    private static long number(String text) {
      boolean negative = text.startsWith("-");
      String digits = text.replaceFirst("^[+-]?0*", "");
      if (digits.length() > MOST_DIGITS) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      long number = digits.isEmpty() ? 0 : Long.parseLong(digits);
      return negative ? -number : number;
    }
  }
}
