package io.duckpond.journal.check;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.engine.LogEntry;
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
 * The names in a table's two folders, told apart by what they are.
 *
 * @param entries versions of the log entries
 * @param checkpoints names of checkpoints by version, one file each
 * @param logOthers all other names of the log, {@code _last_checkpoint} among them
 * @param dataFiles names beside the log, whatever they are
 */
record FolderListing(
    NavigableSet<Long> entries,
    NavigableMap<Long, String> checkpoints,
    List<String> logOthers,
    List<String> dataFiles) {
  static final String LOG = "_delta_log";
  static final String LAST_CHECKPOINT = "_last_checkpoint";
  private static final Pattern ENTRY = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\.parquet");

  /** Lists a table's folder; the data files first, so that a commit meanwhile makes no orphan. */
  static FolderListing of(Disk disk, Path table) throws IOException {
    List<String> dataFiles = new ArrayList<>();
    for (DiskEntry entry : disk.list(table)) {
      if (!entry.name().equals(LOG)) {
        dataFiles.add(entry.name());
      }
    }
    dataFiles.sort(null);
    NavigableSet<Long> entries = new TreeSet<>();
    NavigableMap<Long, String> checkpoints = new TreeMap<>();
    List<String> others = new ArrayList<>();
    for (String name : logNames(disk, table)) {
      Matcher entry = ENTRY.matcher(name);
      Matcher checkpoint = CHECKPOINT.matcher(name);
      if (entry.matches() && isVersion(entry.group(1))) {
        entries.add(Long.parseLong(entry.group(1)));
      } else if (checkpoint.matches() && isVersion(checkpoint.group(1))) {
        checkpoints.put(Long.parseLong(checkpoint.group(1)), name);
      } else {
        others.add(name);
      }
    }
    others.sort(null);
    return new FolderListing(entries, checkpoints, others, dataFiles);
  }

  private static List<String> logNames(Disk disk, Path table) throws IOException {
    try {
      return disk.names(table.resolve(LOG));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static boolean isVersion(String digits) {
    return digits.compareTo(String.format("%020d", Long.MAX_VALUE)) <= 0;
  }

  /** Returns whether there is a table, or anything left of one. */
  boolean isTable() {
    return !entries.isEmpty()
        || !checkpoints.isEmpty()
        || dataFiles.stream().anyMatch(name -> name.endsWith(".parquet"));
  }

  /** Returns whether the log is the same as that one's, name by name. */
  boolean sameLog(FolderListing other) {
    return entries.equals(other.entries) && checkpoints.equals(other.checkpoints);
  }

  static String entryName(long version) {
    return LOG + "/" + LogEntry.pathOf(Path.of(""), version).getFileName();
  }
}
