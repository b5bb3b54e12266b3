package io.duckpond.journal.table;

import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SystemErrors;
import io.duckpond.journal.engine.DiskEngine;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest version of a table, with what was verified on the way.
 *
 * @param kernel the kernel's view of it
 * @param loaded what the version holds
 * @param chain the log entries since the last checkpoint, which follow one another
 * @param damage what is wrong with a data file added since then, if anything is: all else can be
 *     read, but nothing may be appended
 */
record LoadedTable(
    KernelTable kernel, KernelTable.Loaded loaded, LogChain chain, Optional<String> damage) {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedTable.class);

  /**
   * Reads the newest version. A checkpoint that cannot be read is left aside and the log entries
   * are read from the first. An entry that cannot be read is a {@link DamageException} that names
   * it.
   */
  static LoadedTable newest(Machine machine, Path directory) throws IOException {
    Disk disk = machine.disk();
    KernelTable kernel = new KernelTable(new DiskEngine(machine), directory);
    try {
      return verified(disk, directory, kernel, kernel.load());
    } catch (TableNotFoundException e) {
      NoSuchFileException missing = new NoSuchFileException(directory.toString());
      missing.initCause(e);
      throw missing;
    } catch (UnsupportedProtocolVersionException | UnsupportedTableFeatureException e) {
      throw JournalException.notStored(directory + " needs a newer program: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      LogChain.diagnose(disk, directory);
      return withoutCheckpoints(machine, directory, e);
    }
  }

  /** Every entry is sound, so it must be a checkpoint that is not. */
  private static LoadedTable withoutCheckpoints(
      Machine machine, Path directory, RuntimeException failure) throws IOException {
    KernelTable kernel = new KernelTable(DiskEngine.withoutCheckpoints(machine), directory);
    KernelTable.Loaded loaded;
    try {
      loaded = kernel.load();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      throw unwrapped(directory, failure);
    }
    LOG.warn(
        "a checkpoint of [{}] cannot be read, so the log is read from its first entry: {}",
        directory,
        failure.getMessage());
    return verified(machine.disk(), directory, kernel, loaded);
  }

  private static LoadedTable verified(
      Disk disk, Path directory, KernelTable kernel, KernelTable.Loaded loaded) throws IOException {
    LogChain chain =
        LogChain.verify(
            disk, directory, Math.max(0, loaded.checkpoint()), loaded.snapshot().getVersion());
    if (chain.foreign().isEmpty()) {
      requireInventory(directory, loaded);
    }
    return new LoadedTable(kernel, loaded, chain, damage(disk, directory, loaded));
  }

  /**
   * What a checkpoint, or the way from it, has lost or made up, the newest commit of ours knows.
   */
  private static void requireInventory(Path directory, KernelTable.Loaded loaded) {
    Inventory found = Inventory.of(loaded.files());
    Inventory expected = loaded.head().map(JournalHead::inventory).orElse(found);
    if (!found.equals(expected)) {
      throw new DamageException(
          String.format(
              "%s is damaged: version %d lists, by way of checkpoint %d, other files than were"
                  + " committed: expected %s, found %s",
              directory.resolve("_delta_log"),
              loaded.snapshot().getVersion(),
              loaded.checkpoint(),
              expected,
              found));
    }
  }

  private static Optional<String> damage(Disk disk, Path directory, KernelTable.Loaded loaded)
      throws IOException {
    for (DataFile file : loaded.files()) {
      if (file.position().version() > loaded.checkpoint()) {
        Path path = directory.resolve(file.name());
        long found = disk.stat(path).map(DiskEntry::size).orElse(0L);
        if (found != file.size()) {
          return Optional.of(
              path + " is damaged: expected " + file.size() + " bytes, found " + found);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the failure under what the kernel wrapped around it. */
  static RuntimeException unwrapped(Path directory, RuntimeException failure) throws IOException {
    Optional<FileSystemException> refusal = SystemErrors.in(failure);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof DamageException damage) {
        return damage;
      }
    }
    return new DamageException(
        directory + " is damaged: expected a readable log, found: " + failure.getMessage(),
        failure);
  }
}
