package io.duckpond.query;

/** Text as a terminal shows it. */
final class Display {

  private Display() {}

  /** Returns the columns that a text takes on a terminal, as far as that can be known. */
  static int width(String text) {
    return text.codePoints().map(Display::width).sum();
  }

  private static int width(int point) {
    int type = Character.getType(point);
    boolean joins =
        type == Character.NON_SPACING_MARK
            || type == Character.ENCLOSING_MARK
            || type == Character.FORMAT;
    if (joins) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /** Returns a text without anything that would move the cursor or turn the direction of text. */
  static String escaped(String text) {
    if (text.codePoints().noneMatch(Display::dangerous)) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                default -> {
                  if (dangerous(point)) {
                    result.append(String.format("\\u%04x", point));
                  } else {
                    result.appendCodePoint(point);
                  }
                }
              }
            });
    return result.toString();
  }

  private static boolean dangerous(int point) {
    return Character.getType(point) == Character.CONTROL
        || (point >= 0x200E && point <= 0x200F)
        || (point >= 0x2028 && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
