package io.duckpond.glob;

import java.util.List;

/** A piece of the pattern of one name. */
sealed interface Atom {

  /** This very code point. */
  record Literal(int codePoint) implements Atom {}

  /** {@code ?} */
  record AnyOne() implements Atom {}

  /** {@code *} */
  record AnyRun() implements Atom {}

  /** {@code [a-z]} or {@code [!a-z]}. */
  record OneOf(List<Range> ranges, boolean negated) implements Atom {
    public OneOf {
      ranges = List.copyOf(ranges);
    }

    boolean contains(int codePoint) {
      boolean listed =
          ranges.stream().anyMatch(range -> range.first <= codePoint && codePoint <= range.last);
      return listed != negated;
    }
  }

  /** Code points from {@code first} to {@code last}. */
  record Range(int first, int last) {}

  /** {@code {a,b}} */
  record Alternatives(List<List<Atom>> each) implements Atom {
    public Alternatives {
      each = List.copyOf(each);
    }
  }
}
