package io.duckpond.path;

/** Measures text without encoding it; every component of every path passes here. */
final class Utf8 {

  private Utf8() {}

  /** Returns the number of bytes of {@code text} in UTF-8, or -1 if a surrogate stands alone. */
  static int lengthOf(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        bytes += 1;
      } else if (unit < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(unit)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        return -1;
      }
    }
    return bytes;
  }
}
