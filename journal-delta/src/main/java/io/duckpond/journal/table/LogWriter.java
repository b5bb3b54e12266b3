package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SystemErrors;
import io.duckpond.journal.engine.DurableFiles;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One writer's entries of the log: each under a name that nobody has taken, or none. What became of
 * an entry whose writing failed is found out from the log itself. A writer that finds that another
 * was faster stops for good. For one thread.
 */
final class LogWriter {
  private final Machine machine;
  private final Disk disk;
  private final Path directory;
  private final String writer;
  private Optional<String> fenced = Optional.empty();

  /** The newest entry made here, as the disk shows it. */
  private Optional<DiskEntry> newest = Optional.empty();

  /** For a table, and the id of this opening of it. */
  LogWriter(Machine machine, Path directory, String writer) {
    this.machine = machine;
    this.disk = machine.disk();
    this.directory = directory;
    this.writer = writer;
  }

  /** Fails if another writer was seen. */
  void requireNotFenced() {
    if (fenced.isPresent()) {
      throw JournalException.notStored(fenced.get(), new IllegalStateException("fenced"));
    }
  }

  /**
   * Makes the entry of a version durable, and returns its digest. Fails with a {@link
   * JournalException}: surely not stored, fenced, or unknown.
   *
   * @param head what the entry says of the journal; its chain is the digest of the entry before
   */
  Sha256 write(KernelTable kernel, long version, KernelTable.Change change, JournalHead head) {
    try {
      Sha256 digest =
          kernel.commit(version, change, head, machine.clock().millis(), machine.uuid());
      requireNotOvertaken(version, head.chain());
      newest = disk.stat(LogEntry.pathOf(directory, version));
      return digest;
    } catch (IOException | RuntimeException e) {
      throw outcome(version, change.added(), e);
    }
  }

  /**
   * A writer that was stopped for long may find the name of its entry free because others have made
   * that version, and many more, and have removed the entry again. They have then removed the one
   * before it too: entries are removed in their order. What was committed here is outside the log.
   * An entry that stands before it may have been made so as well, by yet another that was stopped.
   */
  private void requireNotOvertaken(long version, Sha256 chain) throws IOException {
    Path before = LogEntry.pathOf(directory, version - 1);
    Optional<DiskEntry> there = disk.stat(before);
    boolean isKnown =
        there.isPresent()
            && (there.equals(newest) || DurableFiles.digest(disk, before).equals(chain));
    if (!isKnown) {
      JournalException overtaken = fence(version, new IllegalStateException("fenced"));
      DurableFiles.discard(disk, LogEntry.pathOf(directory, version), overtaken);
      throw overtaken;
    }
  }

  /** Finds out what became of a commit that failed. */
  private JournalException outcome(long version, List<DataFile> added, Exception failure) {
    if (fenced.isPresent() && failure instanceof JournalException known) {
      return known;
    }
    Path entry = LogEntry.pathOf(directory, version);
    try {
      if (disk.stat(entry).isEmpty()) {
        if (hasMovedOn(version - 1)) {
          return fence(version, failure); // and the winner has removed the entry since
        }
        return JournalException.notStored(
            "cannot commit version "
                + version
                + " of "
                + directory
                + ": "
                + SystemErrors.message(failure),
            failure);
      }
      if (!isOurs(LogEntry.read(disk, entry), entry, added)) {
        return fence(version, failure);
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
    return JournalException.unknown(
        "version "
            + version
            + " of "
            + directory
            + " may or may not be stored: "
            + SystemErrors.message(failure),
        failure);
  }

  /** Names of data files are never given twice, nor is the id of an open table. */
  private boolean isOurs(LogEntry entry, Path file, List<DataFile> added) {
    if (!added.isEmpty()) {
      return entry.addedPaths().contains(added.get(0).name());
    }
    Optional<String> domain = Optional.ofNullable(entry.domains().get(JournalHead.DOMAIN));
    return domain
        .map(text -> JournalHead.parse(text, file.toString()).writer().equals(writer))
        .orElse(false);
  }

  /** Stops this writer for good, and returns what to tell. */
  JournalException fence(long version, Exception cause) {
    String message =
        "another writer has committed version "
            + version
            + " of "
            + directory
            + "; this one stops, nothing was stored";
    fenced = Optional.of(message);
    return JournalException.notStored(message, cause);
  }

  /**
   * Returns what to tell if a data file could not be written: if others have gone on, they may have
   * removed it.
   *
   * @param known the newest version that this writer has seen
   */
  JournalException notWritten(long known, Exception failure) {
    try {
      if (hasMovedOn(known)) {
        return fence(known + 1, failure);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return JournalException.notStored(
        "cannot write to "
            + directory
            + ": "
            + SystemErrors.message(failure)
            + "; nothing was stored",
        failure);
  }

  /**
   * Returns whether there is a newer version than {@code known}, or has been: entries are removed
   * in their order, so while that one is there, the next was not removed.
   */
  boolean hasMovedOn(long known) throws IOException {
    return disk.stat(LogEntry.pathOf(directory, known + 1)).isPresent()
        || disk.stat(LogEntry.pathOf(directory, known)).isEmpty();
  }
}
