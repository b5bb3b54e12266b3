package io.duckpond.journal.table;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the newest data files of flushes hold, by their names, so that merging them need not read
 * what was in memory a moment ago. Forgets the oldest when there is too much of it. Thread-safe.
 */
final class RecentFlushes {

  /** What a record takes beside its content, about. */
  private static final int RECORD_BYTES = 300;

  private record Remembered(List<LogRecord> records, long bytes) {}

  private final long mostBytes;
  private final Map<String, Remembered> flushes = new LinkedHashMap<>();
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
    if (more > mostOfOne()) {
      return;
    }
    flushes.put(file, new Remembered(List.copyOf(records), more));
    bytes += more;
    Iterator<Remembered> oldest = flushes.values().iterator();
    while (bytes > mostBytes) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
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
