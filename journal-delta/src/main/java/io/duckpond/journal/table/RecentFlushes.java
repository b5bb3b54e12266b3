package io.duckpond.journal.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
   * Returns the bytes of one flush that are still worth while; what is larger pays for its file.
   */
  long mostOfOne() {
    return mostBytes / 16;
  }

  /** Remembers the records of a file, in their order there, if there is room for them. */
  synchronized void add(String file, RememberedFlush flush) {
    if (flush.bytes() > mostOfOne() || bytes + flush.bytes() > mostBytes) {
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

  /** Returns how much is remembered. */
  synchronized long bytes() {
    return bytes;
  }
}
