package io.duckpond.journal.commit;

/**
 * Sequence numbers of one partition, both ends included.
 *
 * @param first at least 1
 * @param last at least {@code first}
 */
public record SequenceRange(long first, long last) {

  public SequenceRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("not a range: " + first + " to " + last);
    }
  }
}
