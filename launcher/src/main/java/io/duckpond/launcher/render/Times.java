package io.duckpond.launcher.render;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as text. */
public final class Times {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /** Returns e.g. {@code 2026-11-22 13:02:40}, in {@code zone}. */
  public static String local(Instant instant, ZoneId zone) {
    return SECONDS.withZone(zone).format(instant);
  }

  /** Returns e.g. {@code 2026-11-22T13:02:41.120133Z}. */
  public static String utc(Instant instant) {
    return MICROS.format(instant);
  }

  /** Returns the instant of microseconds since the epoch. */
  public static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  /** Returns the instant of nanoseconds since the epoch. */
  public static Instant ofNanos(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
