package io.duckpond.journal.recovery;

import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.PartIdRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How the rows of a table are spread over its partition ids: every so-many-th row's id, and never
 * more than a fixed number of them. Any thread while it is filled; not changed after that.
 */
final class KeySample {
  private static final int MOST_IDS = 1 << 15;

  private final List<String> ids = new ArrayList<>();
  private long rowsPerId = 64;
  private long sinceLast;
  private long rows;

  synchronized void add(LogRecord record) {
    rows += record.count();
    sinceLast += record.count();
    while (sinceLast >= rowsPerId) {
      sinceLast -= rowsPerId;
      ids.add(record.partId());
      if (ids.size() == MOST_IDS) {
        thin();
      }
    }
  }

  private void thin() {
    for (int i = 0; i < MOST_IDS / 2; i++) {
      ids.set(i, ids.get(2 * i + 1));
    }
    ids.subList(MOST_IDS / 2, MOST_IDS).clear();
    rowsPerId *= 2;
  }

  /** Ends the filling. */
  synchronized void sort() {
    Collections.sort(ids, PartIdRange.ORDER);
  }

  /** Returns the number of rows. */
  synchronized long rows() {
    return rows;
  }

  /**
   * Returns an id above {@code from} below which there are about {@code wanted} rows; empty if all
   * that follow are about as many, or fewer.
   */
  synchronized Optional<String> after(String from, long wanted) {
    int first = Collections.binarySearch(ids, from, PartIdRange.ORDER);
    int next = (first < 0 ? -first - 1 : first) + (int) Math.min(MOST_IDS, wanted / rowsPerId);
    while (next < ids.size() && PartIdRange.ORDER.compare(ids.get(next), from) <= 0) {
      next++;
    }
    return next < ids.size() ? Optional.of(ids.get(next)) : Optional.empty();
  }
}
