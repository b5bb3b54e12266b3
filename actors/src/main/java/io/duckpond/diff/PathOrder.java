package io.duckpond.diff;

import java.util.Comparator;

/** The order of a walk: names by code point, what is below a directory before its next sibling. */
final class PathOrder implements Comparator<String> {
  static final PathOrder INSTANCE = new PathOrder();

  private PathOrder() {}

  @Override
  public int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        return Integer.compare(rank(left.charAt(i)), rank(right.charAt(i)));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** A slash ends a name; surrogates stand for code points above all others. */
  private static int rank(char unit) {
    if (unit == '/') {
      return -1;
    }
    return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
  }
}
