package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files that were there when a writer began, among which may be some that writers before it
 * have left behind. A file that comes later is never among them, whoever makes it.
 *
 * @param names in the table's directory
 * @param log in its log
 */
record AbandonedFiles(Path table, List<String> names, LogListing log) {
  private static final Pattern DATA_FILE = Pattern.compile("(flush|staged|merged)-.+\\.parquet");

  /** Lists what is there now. The head must have been read before. */
  static AbandonedFiles list(Disk disk, Path table) throws IOException {
    List<String> names = disk.names(table).stream().filter(AbandonedFiles::isCandidate).toList();
    return new AbandonedFiles(table, names, LogListing.of(disk, table));
  }

  private static boolean isCandidate(String name) {
    return DATA_FILE.matcher(name).matches() || LogListing.isTemporary(name);
  }

  /**
   * Returns those that no version up to {@code version} lists and nobody may still need: data
   * files, drafts of those that are no more, temporary names of the log, and what other programs
   * have put ahead of it. Data files that a version has listed until after {@code expiredMillis}
   * are told to {@code removed} instead.
   */
  List<Path> unused(Disk disk, TableVersion version, RemovedFiles removed, long expiredMillis)
      throws IOException {
    Set<String> listed = new HashSet<>();
    version.fileList().forEach(file -> listed.add(file.name()));
    List<Path> unused = new ArrayList<>();
    Map<String, Boolean> over = new HashMap<>();
    Optional<RemovedFiles.Log> history = Optional.empty();
    for (String name : names) {
      Optional<String> lease = LogTable.leaseOf(name);
      if (lease.isPresent() && !over.containsKey(lease.get())) {
        over.put(lease.get(), Lease.isOver(disk, table, lease.get()));
      }
      boolean isLease = Lease.idIn(name).isPresent(); // and was removed, if it is over
      if (!isLease && !listed.contains(name) && lease.map(over::get).orElse(true)) {
        if (DATA_FILE.matcher(name).matches()) {
          if (history.isEmpty()) {
            history = Optional.of(RemovedFiles.Log.read(disk, table));
          }
          long removedBy = history.get().removedBy(name);
          if (removedBy > expiredMillis) {
            removed.add(name, removedBy);
            continue;
          }
        }
        unused.add(table.resolve(name));
      }
    }
    Path folder = LogListing.folder(table);
    log.temporaries().forEach(name -> unused.add(folder.resolve(name)));
    log.extras()
        .tailMap(version.version(), false)
        .values()
        .forEach(ahead -> ahead.forEach(name -> unused.add(folder.resolve(name))));
    return unused;
  }
}
