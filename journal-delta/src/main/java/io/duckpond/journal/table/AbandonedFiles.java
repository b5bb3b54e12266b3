package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private static final Pattern DATA_FILE = Pattern.compile("flush-.+\\.parquet");

  /** Lists what is there now. The head must have been read before. */
  static AbandonedFiles list(Disk disk, Path table) throws IOException {
    List<String> names = disk.names(table).stream().filter(AbandonedFiles::isCandidate).toList();
    return new AbandonedFiles(table, names, LogListing.of(disk, table));
  }

  private static boolean isCandidate(String name) {
    return DATA_FILE.matcher(name).matches();
  }

  /**
   * Returns those that no version up to {@code version} lists and no writer may still need: data
   * files, temporary names of the log, and what other programs have put ahead of it.
   */
  List<Path> unused(TableVersion version) {
    Set<String> listed = new HashSet<>();
    version.fileList().forEach(file -> listed.add(file.name()));
    List<Path> unused = new ArrayList<>();
    names.stream().filter(name -> !listed.contains(name)).map(table::resolve).forEach(unused::add);
    Path folder = LogListing.folder(table);
    log.temporaries().forEach(name -> unused.add(folder.resolve(name)));
    log.extras()
        .tailMap(version.version(), false)
        .values()
        .forEach(ahead -> ahead.forEach(name -> unused.add(folder.resolve(name))));
    return unused;
  }
}
