package io.duckpond.path;

import java.util.Comparator;

/**
 * One component of a path: 1 to 255 bytes of UTF-8, never "." or "..", and free of '/' and NUL.
 * Ordered by code point, which is the order of the UTF-8 bytes.
 */
public record EntryName(String value) implements Comparable<EntryName> {

  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 255;

  private static final Comparator<String> BY_CODE_POINT = EntryName::compareCodePoints;

  public EntryName {
    String problem = problemOf(value);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("name " + problem + ": '" + value + "'");
    }
  }

  /** Returns what is wrong with {@code value} as a name, or an empty string. */
  public static String problemOf(String value) {
    if (value.isEmpty()) {
      return "without a character";
    }
    if (value.equals(".") || value.equals("..")) {
      return "that is reserved";
    }
    if (value.indexOf('/') >= 0) {
      return "with a slash";
    }
    if (value.indexOf('\0') >= 0) {
      return "with a NUL";
    }
    int bytes = Utf8.lengthOf(value);
    if (bytes < 0) {
      return "that is not Unicode text";
    }
    return bytes > MAX_BYTES ? "of " + bytes + " bytes, more than " + MAX_BYTES : "";
  }

  @Override
  public int compareTo(EntryName other) {
    return BY_CODE_POINT.compare(value, other.value);
  }

  /** Compares texts by code point, which is the order of their UTF-8 bytes. */
  public static int compareCodePoints(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // Surrogates stand for code points above all of the basic plane, though not as chars.
        boolean aHigh = Character.isSurrogate(a);
        boolean bHigh = Character.isSurrogate(b);
        return aHigh == bHigh ? Character.compare(a, b) : aHigh ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  @Override
  public String toString() {
    return value;
  }
}
