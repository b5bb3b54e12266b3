package io.duckpond.journal.table;

import java.util.Comparator;

/** The order of strings by their UTF-8 bytes, which Parquet and Delta use. */
enum Utf8Order implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    if (left.equals(right)) {
      return 0; // at a fraction of the cost, and most often so where runs are merged
    }
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Surrogates stand for the code points above all others, but their values lie below U+E000. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
