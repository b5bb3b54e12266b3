package io.duckpond.journal.disk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Measures how long something takes, by a clock that may be set meanwhile. Any thread. */
public final class Stopwatch {
  private final Clock clock;
  private final Instant started;

  private Stopwatch(Clock clock) {
    this.clock = clock;
    this.started = clock.instant();
  }

  /** Starts now. */
  public static Stopwatch start(Clock clock) {
    return new Stopwatch(clock);
  }

  /** Returns the time since the start, never less than nothing; wrong if the clock was set. */
  public Duration elapsed() {
    Duration elapsed = Duration.between(started, clock.instant());
    return elapsed.isNegative() ? Duration.ZERO : elapsed;
  }
}
