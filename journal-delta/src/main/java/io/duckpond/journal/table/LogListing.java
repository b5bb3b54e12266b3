package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a table's log folder, by what they stand for.
 *
 * @param entries the versions whose entry is there
 * @param checkpoints files of checkpoints, sound or not, by version
 * @param extras what other programs put beside the entries, by version: checksums, compacted
 *     entries
 * @param temporaries files that were to get another name
 */
record LogListing(
    NavigableSet<Long> entries,
    NavigableMap<Long, List<String>> checkpoints,
    NavigableMap<Long, List<String>> extras,
    List<String> temporaries) {
  private static final String GREATEST = String.format("%020d", Long.MAX_VALUE);
  private static final Pattern OF_A_VERSION = Pattern.compile("(\\d{20})\\.(.+)");

  /** Lists the log folder of a table; fails with {@link NoSuchFileException} if there is none. */
  static LogListing of(Disk disk, Path table) throws IOException {
    LogListing listing =
        new LogListing(new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    for (String name : disk.names(folder(table))) {
      listing.add(name);
    }
    return listing;
  }

  /** Returns where the log of a table lies. */
  static Path folder(Path table) {
    return table.resolve("_delta_log");
  }

  private void add(String name) {
    Matcher matcher = OF_A_VERSION.matcher(name);
    long version = versionOf(name);
    if (version >= 0 && matcher.matches()) {
      String kind = matcher.group(2);
      if (isEntry(name)) {
        entries.add(version);
      } else if (kind.startsWith("checkpoint.")) {
        checkpoints.computeIfAbsent(version, none -> new ArrayList<>()).add(name);
      } else if (kind.equals("crc") || kind.endsWith(".compacted.json")) {
        extras.computeIfAbsent(version, none -> new ArrayList<>()).add(name);
      }
    } else if (isTemporary(name)) {
      temporaries.add(name);
    }
  }

  /** Returns whether a file of that name is an entry of the log. */
  static boolean isEntry(String name) {
    return versionOf(name) >= 0 && name.endsWith(".json") && name.length() == 25;
  }

  /** Returns whether a file of that name is one that was to get another. */
  static boolean isTemporary(String name) {
    return name.startsWith(".") && name.endsWith(".tmp");
  }

  /**
   * Returns the version that a file of the log folder belongs to; -1 if it is of none, such as the
   * hint where the last checkpoint is.
   */
  static long versionOf(String name) {
    Matcher matcher = OF_A_VERSION.matcher(name);
    boolean isVersion = matcher.matches() && matcher.group(1).compareTo(GREATEST) <= 0;
    return isVersion ? Long.parseLong(matcher.group(1)) : -1;
  }

  /** Returns whether there is no table. */
  boolean isEmpty() {
    return entries.isEmpty() && checkpoints.isEmpty();
  }
}
