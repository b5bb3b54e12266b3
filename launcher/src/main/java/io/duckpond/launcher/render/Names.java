package io.duckpond.launcher.render;

import java.util.Locale;

/** How names are shown: as they are, or so that a hostile one cannot play with the terminal. */
public enum Names {
  RAW {
    @Override
    public String show(String name) {
      return name;
    }
  },
  ESCAPED {
    @Override
    public String show(String name) {
      return escape(name);
    }
  };

  /** Returns {@code name} as it is to be printed. */
  public abstract String show(String name);

  /**
   * Returns {@code name} with control and formatting characters and backslashes written as {@code
   * \n}, {@code \x1b}, {@code \u202e}.
   */
  public static String escape(String name) {
    StringBuilder shown = new StringBuilder(name.length());
    name.codePoints().forEach(point -> append(shown, point));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point) {
    switch (point) {
      case '\n' -> shown.append("\\n");
      case '\t' -> shown.append("\\t");
      case '\r' -> shown.append("\\r");
      case '\\' -> shown.append("\\\\");
      default -> {
        if (isSafe(point)) {
          shown.appendCodePoint(point);
        } else if (point < 0x100) {
          shown.append(String.format(Locale.ROOT, "\\x%02x", point));
        } else {
          shown.append(String.format(Locale.ROOT, "\\u%04x", point));
        }
      }
    }
  }

  /**
   * Returns whether a terminal only prints a code point. Joiners (U+200D) hold many emoji together
   * and move nothing.
   */
  static boolean isSafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> point == 0x200d;
      default -> true;
    };
  }
}
