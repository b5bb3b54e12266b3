package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One log entry of a table, checked by itself; what it says of its neighbours is for others to
 * check.
 *
 * @param file where it lies
 * @param entry what it holds
 * @param head what it says of the table; empty if another program wrote it
 */
public record LoggedEntry(Path file, LogEntry entry, Optional<JournalHead> head) {

  /**
   * Reads the entry of a version.
   *
   * @throws DamageException if it is torn or changed
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  public static LoggedEntry read(Disk disk, Path table, long version) throws IOException {
    Path file = LogEntry.pathOf(table, version);
    LogEntry entry = LogEntry.read(disk, file);
    Optional<String> domain = Optional.ofNullable(entry.domains().get(JournalHead.DOMAIN));
    if (entry.trailed() && domain.isPresent()) {
      return new LoggedEntry(
          file, entry, Optional.of(JournalHead.parse(domain.get(), file.toString())));
    }
    if (domain.isPresent() || KernelTable.isOurs(entry.writer())) {
      throw new DamageException(
          file + " is damaged: expected a trailer as its last line, found none; it was cut off");
    }
    return new LoggedEntry(file, entry, Optional.empty());
  }

  /** Returns whether it can follow an entry with this digest; one of another program always can. */
  public boolean follows(Sha256 before) {
    return head.isEmpty() || head.get().chain().equals(before);
  }

  /** Returns the data files that it adds. */
  public List<DataFile> added(Path table) {
    try {
      return entry.added().stream().map(add -> KernelTable.dataFile(table, add)).toList();
    } catch (DamageException e) {
      throw e;
    } catch (RuntimeException e) { // whatever a tag or a statistic can be that is none
      throw new DamageException(
          file + " is damaged: expected data files with their tags, found " + e.getMessage(), e);
    }
  }

  /** Returns the names of the data files that it takes out. */
  public Set<String> removed(Path table) {
    try {
      return entry.removed().keySet().stream()
          .map(path -> KernelTable.nameOf(table, path))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IllegalArgumentException e) {
      throw new DamageException(
          file + " is damaged: expected paths of data files, found " + e.getMessage(), e);
    }
  }
}
