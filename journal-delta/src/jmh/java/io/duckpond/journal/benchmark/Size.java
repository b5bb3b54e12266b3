package io.duckpond.journal.benchmark;

import java.util.Locale;

/** How much a run measures. */
enum Size {
  /** Whether it works at all, within three minutes. */
  QUICK,
  /** What the README shows, within a quarter of an hour. */
  USUAL,
  /** The sizes that the goals name, however long that takes. */
  FULL;

  private static final String PROPERTY = "benchmark.size";

  /** Returns what a JVM is given that measures this much. */
  String jvmArgument() {
    return "-D" + PROPERTY + "=" + name();
  }

  /** Returns what this JVM was given. */
  static Size present() {
    return valueOf(System.getProperty(PROPERTY, USUAL.name()).toUpperCase(Locale.ROOT));
  }

  /** Returns the number that belongs to this JVM's size. */
  static int of(int quick, int usual, int full) {
    return switch (present()) {
      case QUICK -> quick;
      case USUAL -> usual;
      case FULL -> full;
    };
  }
}
