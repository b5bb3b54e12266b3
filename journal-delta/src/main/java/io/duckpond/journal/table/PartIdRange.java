package io.duckpond.journal.table;

import java.util.Comparator;
import java.util.Optional;

/**
 * Partition ids from one to another, in the order of their UTF-8 bytes, in which they stand in a
 * data file.
 *
 * @param from the least
 * @param to the least that is above the range; empty if there is none
 */
public record PartIdRange(String from, Optional<String> to) {
  /** The order of ids in a range. */
  public static final Comparator<String> ORDER = Utf8Order.INSTANCE;

  /** All of them. */
  public static final PartIdRange ALL = new PartIdRange("", Optional.empty());

  /** Returns whether an id lies within. */
  public boolean holds(String partId) {
    return Utf8Order.INSTANCE.compare(from, partId) <= 0
        && (to.isEmpty() || Utf8Order.INSTANCE.compare(partId, to.get()) < 0);
  }

  /** Returns whether any id from {@code least} to {@code greatest} may lie within. */
  boolean overlaps(KeyRange.Between ids) {
    return Utf8Order.INSTANCE.compare(from, ids.greatest()) <= 0
        && (to.isEmpty() || Utf8Order.INSTANCE.compare(ids.least(), to.get()) < 0);
  }
}
