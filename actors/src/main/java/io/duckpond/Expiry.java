package io.duckpond;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a transaction may be open; by the pond's clock, so that one set back gives it longer.
 */
record Expiry(Clock clock, Instant end, Duration allowed) {

  static Expiry in(Duration allowed, Clock clock) {
    return new Expiry(clock, clock.instant().plus(allowed), allowed);
  }

  boolean isUp() {
    return clock.instant().isAfter(end);
  }
}
