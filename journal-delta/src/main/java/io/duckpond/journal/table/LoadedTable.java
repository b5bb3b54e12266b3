package io.duckpond.journal.table;

import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.delta.kernel.shaded.com.fasterxml.jackson.core.JsonProcessingException;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest version of a table, with what was verified on the way.
 *
 * @param kernel the kernel's view of it
 * @param loaded what the version holds
 * @param chain the log entries since the checkpoint that it was loaded from, which follow one
 *     another
 * @param damage what is wrong with a data file added since then, or with the checkpoint's own log
 *     entry, if anything is: all else can be read, but nothing may be appended
 * @param passedOver whether there is a newer checkpoint, which cannot be read
 */
record LoadedTable(
    KernelTable kernel,
    KernelTable.Loaded loaded,
    LogChain chain,
    Optional<String> damage,
    boolean passedOver) {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedTable.class);
  private static final int MOST_NAMED = 3;

  /** Stands for reading the log from its first entry. */
  private static final long NO_CHECKPOINT = -1;

  /** How often a log is read anew that changes while it is being read. */
  private static final int ATTEMPTS = 25;

  /**
   * Reads the newest version: from the newest checkpoint and the entries after it; if that
   * checkpoint cannot be read, from the one before it; if none can, from the first entry. An entry
   * that cannot be read is a {@link DamageException} that names it.
   *
   * <p>A writer may remove what a reader has just listed, or commit while it lists: what looks like
   * damage is one only if the log has not changed meanwhile.
   */
  static LoadedTable newest(Machine machine, Path directory) throws IOException {
    Disk disk = machine.disk();
    LogListing listing = list(disk, directory);
    for (int attempt = 1; ; attempt++) {
      try {
        return load(machine, directory, listing);
      } catch (IOException | DamageException e) {
        LogListing before = listing;
        listing = list(disk, directory);
        if (attempt == ATTEMPTS || listing.equals(before)) {
          throw e;
        }
      }
    }
  }

  private static LogListing list(Disk disk, Path directory) throws IOException {
    try {
      LogListing listing = LogListing.of(disk, directory);
      if (!listing.isEmpty()) {
        return listing;
      }
    } catch (NoSuchFileException e) {
      NoSuchFileException missing = new NoSuchFileException(directory.toString());
      missing.initCause(e);
      throw missing;
    }
    throw new NoSuchFileException(directory.toString());
  }

  private static LoadedTable load(Machine machine, Path directory, LogListing listing)
      throws IOException {
    List<Long> starts = new ArrayList<>(listing.checkpoints().descendingKeySet());
    starts.add(NO_CHECKPOINT);
    Optional<RuntimeException> failure = Optional.empty();
    for (long start : starts) {
      try {
        LoadedTable table = from(machine, directory, listing, start);
        failure.ifPresent(
            found ->
                LOG.warn(
                    "the newest checkpoint of [{}] cannot be read, so the log is read from {}: {}",
                    directory,
                    start == NO_CHECKPOINT ? "its first entry" : "the one at version " + start,
                    found.getMessage()));
        return table;
      } catch (UnsupportedProtocolVersionException | UnsupportedTableFeatureException e) {
        throw JournalException.notStored(
            directory + " needs a newer program: " + e.getMessage(), e);
      } catch (RuntimeException e) {
        if (failure.isEmpty()) {
          failure = Optional.of(e);
        } else {
          failure.get().addSuppressed(e);
        }
      }
    }
    LogChain.diagnose(machine.disk(), directory, listing);
    throw unwrapped(directory, failure.orElseThrow());
  }

  /** Loads the newest version from one checkpoint, as if there were no newer one of the listing. */
  static LoadedTable from(Machine machine, Path directory, LogListing listing, long start)
      throws IOException {
    Disk disk = machine.disk();
    Set<Long> newer = Set.copyOf(listing.checkpoints().tailMap(start, false).keySet());
    KernelTable kernel = new KernelTable(machine, directory, start, newer);
    KernelTable.Loaded loaded = kernel.load(Optional.empty());
    if (loaded.checkpoint() < start) {
      throw new DamageException(
          LogListing.folder(directory)
              + " is damaged: expected a whole checkpoint at version "
              + start
              + ", found a part of one");
    }
    long newest = loaded.snapshot().getVersion();
    LogChain chain;
    Optional<String> damage;
    try {
      chain = LogChain.verify(disk, directory, Math.max(0, loaded.checkpoint()), newest);
      damage =
          damage(
              disk,
              directory,
              loaded.files().stream()
                  .filter(file -> file.position().version() > loaded.checkpoint())
                  .toList());
    } catch (DamageException e) {
      // The checkpoint holds all that its own entry says; only nothing can be chained to it.
      if (loaded.checkpoint() <= 0) {
        throw e;
      }
      chain =
          loaded.checkpoint() == newest
              ? new LogChain(JournalHead.NO_ENTRY, Optional.empty())
              : LogChain.verify(disk, directory, loaded.checkpoint() + 1, newest);
      damage = Optional.of(String.valueOf(e.getMessage()));
      LOG.warn(
          "{}; all is read by way of the checkpoint, but nothing can be written", e.getMessage());
    }
    if (chain.foreign().isEmpty()) {
      loaded.requireInventory(directory);
    }
    return new LoadedTable(kernel, loaded, chain, damage, !newer.isEmpty());
  }

  /** Says which of some data files are missing or of another size, if any are; reads none. */
  static Optional<String> damage(Disk disk, Path directory, List<DataFile> files)
      throws IOException {
    List<String> damaged = new ArrayList<>();
    for (DataFile file : files) {
      Optional<DiskEntry> found = disk.stat(directory.resolve(file.name()));
      if (found.map(DiskEntry::size).orElse(-1L) != file.size()) {
        damaged.add(
            file.damageMessage(
                directory,
                file.size() + " bytes",
                found.map(entry -> entry.size() + " bytes").orElse("no file")));
      }
    }
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    int more = damaged.size() - MOST_NAMED;
    String named = damaged.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
    return Optional.of(more > 0 ? named + "; and " + more + " more files" : named);
  }

  /** Returns the failure under what the kernel wrapped around it. */
  static RuntimeException unwrapped(Path directory, RuntimeException failure) throws IOException {
    Optional<FileSystemException> refusal = SystemErrors.in(failure);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException) {
        break; // an IOException by descent only: the disk gave what was asked of it
      }
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
