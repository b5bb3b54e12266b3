package io.duckpond.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The system's clock, put forward or back as the test says. Any thread. */
final class ShiftedClock extends Clock {
  private final AtomicReference<Duration> shift;
  private final Clock clock;

  ShiftedClock() {
    this(new AtomicReference<>(Duration.ZERO), Clock.systemUTC());
  }

  private ShiftedClock(AtomicReference<Duration> shift, Clock clock) {
    this.shift = shift;
    this.clock = clock;
  }

  void shift(Duration more) {
    shift.updateAndGet(more::plus);
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(shift.get());
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new ShiftedClock(shift, clock.withZone(zone));
  }
}
