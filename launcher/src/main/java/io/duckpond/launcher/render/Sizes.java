package io.duckpond.launcher.render;

import java.util.Locale;

/** Numbers for people. */
public final class Sizes {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Sizes() {}

  /** Returns bytes with a decimal unit, e.g. {@code 412 B}, {@code 1.3 kB}, {@code 25 MB}. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    // 999.5 would be shown as 1000.
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** Returns a count and its noun, e.g. {@code 1 file}, {@code 2 files}, {@code 2 entries}. */
  public static String count(long count, String noun) {
    if (count == 1) {
      return "1 " + noun;
    }
    boolean consonantY = noun.endsWith("y") && "aeiou".indexOf(noun.charAt(noun.length() - 2)) < 0;
    return count + " " + (consonantY ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s");
  }
}
