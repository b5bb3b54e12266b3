package io.duckpond.journal.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What data files of recent flushes hold, by their names, so that merging them need not read what
 * was in memory a moment ago. Of what there is no room for nothing is remembered: the oldest are
 * merged first, and it is their room that the next flush can have. Thread-safe.
 */
final class RecentFlushes {

  /** What a record takes beside its content, about. */
  private static final int RECORD_BYTES = 300;

  private record Remembered(List<LogRecord> records, long bytes) {}

  private final long mostBytes;
  private final Map<String, Remembered> flushes = new HashMap<>();
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

  /** Returns what a record counts for. */
  static long size(LogRecord record) {
    return RECORD_BYTES + record.content().length;
  }

  /** Remembers the records of a file, in their order there. */
  synchronized void add(String file, List<LogRecord> records) {
    long more = records.stream().mapToLong(RecentFlushes::size).sum();
    if (more > mostOfOne() || bytes + more > mostBytes) {
      return;
    }
    flushes.put(file, new Remembered(List.copyOf(records), more));
    bytes += more;
  }

  /** Returns all records of a file, in their order there, if it is remembered. */
  synchronized Optional<List<LogRecord>> of(String file) {
    return Optional.ofNullable(flushes.get(file)).map(Remembered::records);
  }

  /** Forgets files. */
  synchronized void remove(Collection<String> files) {
    for (String file : files) {
      Remembered gone = flushes.remove(file);
      bytes -= gone == null ? 0 : gone.bytes();
    }
  }

  /** Returns how much is remembered. */
  synchronized long bytes() {
    return bytes;
  }
}
