package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Data files that the newest version lists no more, and that may still be read by way of an older
 * one. Any thread.
 */
final class RemovedFiles {
  private final NavigableMap<Long, List<String>> byTime = new TreeMap<>();

  /**
   * When files were removed, as far back as the log goes.
   *
   * @param removedMillis by name
   * @param firstVersion of the first entry that is there
   * @param firstMillis by then all had happened that came before that entry
   */
  record Log(Map<String, Long> removedMillis, long firstVersion, long firstMillis) {

    /** Reads the entries that are there. */
    static Log read(Disk disk, Path table) throws IOException {
      Map<String, Long> removed = new HashMap<>();
      long firstVersion = -1;
      long firstMillis = Long.MAX_VALUE;
      for (long version : LogListing.of(disk, table).entries()) {
        try {
          LogEntry entry = LogEntry.read(disk, LogEntry.pathOf(table, version));
          if (firstVersion < 0) {
            firstVersion = version;
            firstMillis = writtenMillis(entry);
          }
          for (Map.Entry<String, Long> file : entry.removed().entrySet()) {
            removed.put(KernelTable.nameOf(table, file.getKey()), file.getValue());
          }
          for (LogEntry.Added file : entry.added()) {
            // Data files are named after the commit that theirs follows.
            long made = TimeOrderedIds.millisIn(file.path());
            firstMillis = made < 0 ? firstMillis : Math.min(firstMillis, made);
          }
        } catch (NoSuchFileException e) {
          firstVersion = -1; // cleaned up meanwhile, and so were those before it
          firstMillis = Long.MAX_VALUE;
        }
      }
      return new Log(removed, firstVersion, firstMillis);
    }

    private static long writtenMillis(LogEntry entry) {
      boolean isKnown = KernelTable.isOurs(entry.writer()) && entry.writtenMillis() >= 0;
      return isKnown ? entry.writtenMillis() : Long.MAX_VALUE;
    }

    /**
     * Returns when a file that is not listed was removed, at the latest; the least number if no
     * version has ever listed it: the log would say so, had it been there since the first entry
     * that is there still.
     */
    long removedBy(String name) {
      Long known = removedMillis.get(name);
      if (known != null) {
        return known;
      }
      boolean neverListed = firstVersion == 0 || TimeOrderedIds.millisIn(name) > firstMillis;
      return neverListed ? Long.MIN_VALUE : firstMillis;
    }
  }

  synchronized void add(String name, long removedMillis) {
    byTime.computeIfAbsent(removedMillis, time -> new ArrayList<>()).add(name);
  }

  /** Returns whether any file was removed by then. */
  synchronized boolean anyBy(long millis) {
    return !byTime.isEmpty() && byTime.firstKey() <= millis;
  }

  /** Takes out the files that were removed by then. */
  synchronized List<String> takeBy(long millis) {
    NavigableMap<Long, List<String>> due = byTime.headMap(millis, true);
    List<String> names = due.values().stream().flatMap(List::stream).toList();
    due.clear();
    return names;
  }
}
