package io.duckpond.journal.table;

import io.duckpond.journal.disk.Machine;
import java.time.Clock;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fresh UUIDs of version 7, written as 32 hexadecimal digits. Any thread. */
final class TimeOrderedIds {
  private static final Pattern IN_A_NAME = Pattern.compile("-([0-9a-f]{12})7[0-9a-f]{19}\\.");

  private final Clock clock;
  private final RandomGenerator random;

  TimeOrderedIds(Machine machine) {
    this.clock = machine.clock();
    this.random = machine.random();
  }

  /** Returns when the id in a file's name was made; -1 if there is none in it. */
  static long millisIn(String name) {
    Matcher matcher = IN_A_NAME.matcher(name);
    return matcher.find() ? Long.parseLong(matcher.group(1), 16) : -1;
  }

  String next() {
    long bits;
    long more;
    synchronized (random) {
      bits = random.nextLong();
      more = random.nextLong();
    }
    long high = (clock.millis() << 16) | 0x7000 | (bits & 0x0FFF);
    long low = (more >>> 2) | Long.MIN_VALUE;
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
