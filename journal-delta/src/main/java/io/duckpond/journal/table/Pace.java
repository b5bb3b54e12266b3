package io.duckpond.journal.table;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Says when upkeep has rested enough to go on: after each piece of work as many times as long as
 * that took, so that commits keep most of the processor and of the disk. Guarded by its user.
 */
final class Pace {
  /** One part of work to six of rest: a seventh of the time. */
  static final int RESTS = 6;

  /** What seems to have taken longer may be a clock that was set. */
  static final Duration MOST = Duration.ofSeconds(10);

  private final Clock clock;
  private Instant end = Instant.EPOCH;
  private Duration whole = Duration.ZERO;

  Pace(Clock clock) {
    this.clock = clock;
  }

  /** Told how long a piece of work took that has just ended. */
  void worked(Duration took) {
    boolean tooLong = took.compareTo(MOST.dividedBy(RESTS)) > 0;
    whole = tooLong ? MOST : took.multipliedBy(RESTS);
    end = clock.instant().plus(whole);
  }

  /** Returns what is left of the rest; nothing, if it is over. */
  Duration left() {
    Duration left = Duration.between(clock.instant(), end);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(whole) > 0 ? whole : left; // longer: the clock was set back
  }
}
