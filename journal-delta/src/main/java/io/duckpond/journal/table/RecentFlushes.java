package io.duckpond.journal.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What data files of recent flushes hold, by their names, so that merging them need not read what
 * was in memory a moment ago. Of what there is no room for nothing is remembered: the oldest are
 * merged first, and it is their room that the next flush can have. Thread-safe.
 */
final class RecentFlushes {

  private final long mostBytes;
  private final Map<String, RememberedFlush> flushes = new HashMap<>();
  private long bytes;

  /**
   * @param mostBytes to remember; 0: nothing
   */
  RecentFlushes(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Returns how many bytes the next flush may have; one that is larger than a part of all pays for
   * its file.
   */
  synchronized long room() {
    return Math.min(mostBytes / 16, mostBytes - bytes);
  }

  /** Remembers the records of a file, in their order there, if there is room for them. */
  synchronized void add(String file, RememberedFlush flush) {
    if (flush.bytes() > room()) {
      return;
    }
    flushes.put(file, flush);
    bytes += flush.bytes();
  }

  /** Returns what a file holds, if it is remembered. */
  synchronized Optional<RememberedFlush> of(String file) {
    return Optional.ofNullable(flushes.get(file));
  }

  /** Forgets files. */
  synchronized void remove(Collection<String> files) {
    for (String file : files) {
      RememberedFlush gone = flushes.remove(file);
      bytes -= gone == null ? 0 : gone.bytes();
    }
  }

  /** Forgets all other files. */
  synchronized void keepOnly(Set<String> files) {
    flushes.keySet().retainAll(files);
    bytes = flushes.values().stream().mapToLong(RememberedFlush::bytes).sum();
  }

  /** Returns how much is remembered. */
  synchronized long bytes() {
    return bytes;
  }
}
