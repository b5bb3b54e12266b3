package io.duckpond;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;

/** Times as users write them to name a state: ISO 8601, a date alone for its first moment. */
public final class PondTime {

  // A blank for the T as well: so ls -l and log print times.
  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .optionalStart()
          .parseLenient()
          .appendOffset("+HH:MM:ss", "Z")
          .parseStrict()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withChronology(IsoChronology.INSTANCE)
          .withResolverStyle(ResolverStyle.STRICT);

  private PondTime() {}

  /**
   * Returns the instant that {@code text} is as a time; empty if it is none.
   *
   * @param zone of a time without an offset
   */
  public static Optional<Instant> parse(String text, ZoneId zone) {
    try {
      return Optional.of(instant(WRITTEN.parse(text), zone));
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  private static Instant instant(TemporalAccessor parsed, ZoneId zone) {
    LocalDate date = LocalDate.from(parsed);
    LocalTime time =
        Optional.ofNullable(parsed.query(TemporalQueries.localTime())).orElse(LocalTime.MIN);
    ZoneId where = Optional.ofNullable(parsed.query(TemporalQueries.zone())).orElse(zone);
    return date.atTime(time).atZone(where).toInstant();
  }
}
