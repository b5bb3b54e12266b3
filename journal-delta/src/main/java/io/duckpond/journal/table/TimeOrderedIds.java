package io.duckpond.journal.table;

import io.duckpond.journal.disk.Machine;
import java.time.Clock;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Fresh UUIDs of version 7, written as 32 hexadecimal digits. Any thread. */
final class TimeOrderedIds {
  private final Clock clock;
  private final RandomGenerator random;

  TimeOrderedIds(Machine machine) {
    this.clock = machine.clock();
    this.random = machine.random();
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
