package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The log entries since the last checkpoint, checked one against the next.
 *
 * @param entry digest of the newest entry
 * @param foreign says which commit another program made, if one did; nothing may be appended then
 */
record LogChain(Sha256 entry, Optional<String> foreign) {

  /**
   * Reads the entries {@code from} to {@code to}. Damage, a gap or an entry that does not follow
   * the one before it is a {@link DamageException}.
   */
  static LogChain verify(Disk disk, Path table, long from, long to) throws IOException {
    Optional<String> foreign = Optional.empty();
    Optional<Sha256> before = from == 0 ? Optional.of(JournalHead.NO_ENTRY) : Optional.empty();
    for (long version = from; version <= to; version++) {
      Path file = LogEntry.pathOf(table, version);
      LoggedEntry entry = read(disk, table, version);
      if (entry.head().isEmpty()) {
        foreign = Optional.of("version " + version + " was written by " + entry.entry().writer());
      } else if (before.isPresent() && !entry.follows(before.get())) {
        throw new DamageException(
            String.format(
                "%s is damaged: expected it to follow an entry with SHA-256 %s, found %s before it",
                file, entry.head().get().chain(), before.get()));
      }
      before = Optional.of(entry.entry().sha256());
    }
    return new LogChain(
        before.orElseThrow(() -> new IllegalStateException("no entries to verify")), foreign);
  }

  /**
   * Looks through all entries for the reason why the log cannot be read, and throws it; returns if
   * every entry is sound.
   */
  static void diagnose(Disk disk, Path table) throws IOException {
    Path log = table.resolve("_delta_log");
    List<Long> versions =
        disk.names(log).stream()
            .filter(name -> name.matches("\\d{20}\\.json"))
            .map(name -> Long.parseLong(name.substring(0, 20)))
            .sorted()
            .toList();
    if (!versions.isEmpty()) {
      verify(disk, table, versions.get(0), versions.get(versions.size() - 1));
    }
  }

  private static LoggedEntry read(Disk disk, Path table, long version) throws IOException {
    try {
      return LoggedEntry.read(disk, table, version);
    } catch (NoSuchFileException e) {
      throw new DamageException(
          LogEntry.pathOf(table, version) + " is damaged: expected a log entry, found none", e);
    }
  }
}
