package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
   * the one before it is a {@link DamageException} that says which transactions it concerns.
   */
  static LogChain verify(Disk disk, Path table, long from, long to) throws IOException {
    Optional<String> foreign = Optional.empty();
    Optional<Sha256> before = from == 0 ? Optional.of(JournalHead.NO_ENTRY) : Optional.empty();
    for (long version = from; version <= to; version++) {
      try {
        LoggedEntry entry = read(disk, table, version);
        if (entry.head().isEmpty()) {
          foreign = Optional.of("version " + version + " was written by " + entry.entry().writer());
        } else if (before.isPresent() && !entry.follows(before.get())) {
          throw broken(table, version, entry.head().get().chain(), before.get());
        }
        before = Optional.of(entry.entry().sha256());
      } catch (DamageException e) {
        throw new DamageException(e.getMessage() + concerned(disk, table, version), e);
      }
    }
    return new LogChain(
        before.orElseThrow(() -> new IllegalStateException("no entries to verify")), foreign);
  }

  /** Names both of two entries that do not go together: neither can tell which is wrong. */
  private static DamageException broken(Path table, long version, Sha256 expected, Sha256 found) {
    Path file = LogEntry.pathOf(table, version);
    if (version == 0) {
      return new DamageException(
          file + " is damaged: expected the first entry, found one after SHA-256 " + expected);
    }
    return new DamageException(
        String.format(
            "%s is damaged, or %s before it: expected the one before to have SHA-256 %s, found %s",
            file, LogEntry.pathOf(table, version - 1), expected, found));
  }

  /** Says, as far as the entries around it can tell, which transactions an entry stands for. */
  private static String concerned(Disk disk, Path table, long version) throws IOException {
    Optional<Long> before = txnSeq(disk, table, version - 1);
    Optional<Long> after = txnSeq(disk, table, version + 1);
    boolean inOrder = after.isEmpty() || before.isEmpty() || before.get() <= after.get();
    if (before.isEmpty() || !inOrder) {
      return ""; // entries that have changed places tell nothing of what is between them
    }
    return after
        .map(next -> "; it stands between transactions [" + before.get() + "] and [" + next + "]")
        .orElse("; it stands for all transactions after [" + before.get() + "]");
  }

  private static Optional<Long> txnSeq(Disk disk, Path table, long version) throws IOException {
    try {
      return read(disk, table, version).head().map(JournalHead::txnSeq);
    } catch (DamageException e) {
      return Optional.empty(); // what is to be told is the damage beside this one
    }
  }

  /**
   * Looks through all entries that are needed for the reason why the log cannot be read, and throws
   * it; returns if every one is sound. Those below the oldest checkpoint may be gone.
   */
  static void diagnose(Disk disk, Path table, LogListing listing) throws IOException {
    long last = listing.entries().isEmpty() ? 0 : listing.entries().last();
    if (!listing.checkpoints().isEmpty()) {
      long oldest = listing.checkpoints().firstKey();
      verify(disk, table, oldest, Math.max(oldest, last));
    }
    if (listing.checkpoints().isEmpty() || listing.entries().contains(0L)) {
      verify(disk, table, 0, last);
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
