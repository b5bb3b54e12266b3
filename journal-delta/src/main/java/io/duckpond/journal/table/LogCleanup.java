package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds what a log needs no more. Two checkpoints that can be read are kept, and the entries from
 * the older one on: should the newer one rot, the older one and those entries still say it all.
 */
final class LogCleanup {
  private final Machine machine;
  private final Path directory;

  LogCleanup(Machine machine, Path directory) {
    this.machine = machine;
    this.directory = directory;
  }

  /**
   * Returns the files to remove, after a checkpoint of version {@code newest} was written: those of
   * versions below the second newest checkpoint that can be read, and checkpoints that cannot.
   *
   * <p>They are to be removed in this order, oldest first: whoever finds an entry that it knows may
   * then conclude that those after it were not removed either.
   */
  List<Path> needless(long newest) throws IOException {
    return needless(newest, Long.MAX_VALUE);
  }

  /** The same, but for entries that were written after {@code sparedMillis} and what follows. */
  List<Path> needless(long newest, long sparedMillis) throws IOException {
    LogListing listing = LogListing.of(machine.disk(), directory);
    TreeMap<Long, List<String>> names = new TreeMap<>();
    Optional<Long> older = Optional.empty();
    for (long version : listing.checkpoints().descendingKeySet()) {
      if (version != newest && older.isEmpty()) {
        if (version < newest && isSound(version)) {
          older = Optional.of(version);
        } else {
          add(names, version, listing.checkpoints().getOrDefault(version, List.of()));
        }
      }
    }
    if (older.isPresent()) {
      long kept = older.get();
      for (long version : listing.entries().headSet(older.get())) {
        if (sparedMillis < Long.MAX_VALUE && writtenMillis(version) > sparedMillis) {
          kept = version;
          break;
        }
        add(names, version, List.of(LogEntry.nameOf(version)));
      }
      listing.checkpoints().headMap(kept).forEach((of, more) -> add(names, of, more));
      listing.extras().headMap(kept).forEach((of, more) -> add(names, of, more));
    }
    Path folder = LogListing.folder(directory);
    return names.values().stream().flatMap(List::stream).map(folder::resolve).toList();
  }

  private static void add(TreeMap<Long, List<String>> to, long version, List<String> names) {
    to.computeIfAbsent(version, none -> new ArrayList<>()).addAll(names);
  }

  /** What cannot be read tells nobody when it was written, nor anything else. */
  private long writtenMillis(long version) throws IOException {
    try {
      return LogEntry.read(machine.disk(), LogEntry.pathOf(directory, version)).writtenMillis();
    } catch (NoSuchFileException | DamageException e) {
      return -1;
    }
  }

  private boolean isSound(long version) throws IOException {
    try {
      KernelTable.Loaded loaded =
          new KernelTable(machine, directory, version, Set.of()).load(Optional.of(version));
      loaded.requireInventory(directory);
      return loaded.checkpoint() == version;
    } catch (RuntimeException e) {
      // Damaged; but one that could not be looked at is none to remove.
      RuntimeException unused = LoadedTable.unwrapped(directory, e);
      return false;
    }
  }
}
