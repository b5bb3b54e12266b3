package io.duckpond.oplog;

import static java.util.Objects.requireNonNull;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a new table where another one, or nothing, or rubbish is. The new one is made beside it and
 * read back; then the names change.
 *
 * <pre>
 *   snapshots.new   made, verified          snapshots      -> snapshots.old
 *   snapshots       the present one         snapshots.new  -> snapshots, directory synced
 *                                           snapshots.old  deleted
 * </pre>
 *
 * A crash leaves the present table, the new one, or between the two renames none: for a cache all
 * are right. What it leaves beside is removed by the next replacement.
 */
final class TableReplacement {
  private static final Logger LOG = LoggerFactory.getLogger(TableReplacement.class);

  private final Machine machine;
  private final Disk disk;
  private final Path folder;
  private final Path place;
  private final Path fresh;
  private final Path old;

  /** Writes what a new table is to hold. */
  @FunctionalInterface
  interface Filling {
    void fill(LogTable fresh) throws IOException;
  }

  TableReplacement(Machine machine, Path place) {
    this.machine = machine;
    this.disk = machine.disk();
    this.folder = requireNonNull(place.getParent());
    this.place = place;
    this.fresh = place.resolveSibling(place.getFileName() + ".new");
    this.old = place.resolveSibling(place.getFileName() + ".old");
  }

  /** If this fails, what was in the place is there still. */
  void run(Map<String, String> properties, Filling filling) throws IOException {
    delete(fresh);
    delete(old);
    try {
      try (LogTable made = LogTable.create(machine, fresh, properties)) {
        filling.fill(made);
      }
      try (LogTable made = LogTable.open(machine, fresh)) {
        made.head().verifyFiles();
      }
      swap();
    } catch (IOException | RuntimeException e) {
      try {
        delete(fresh);
      } catch (IOException further) {
        e.addSuppressed(further);
      }
      throw e;
    }
    try {
      delete(old);
    } catch (IOException e) {
      LOG.info("[{}] is left behind: {}", old, e.toString());
    }
  }

  private void swap() throws IOException {
    boolean replaces = disk.stat(place).isPresent();
    if (replaces) {
      disk.rename(place, old);
    }
    try {
      disk.rename(fresh, place);
    } catch (IOException e) {
      if (replaces) {
        disk.rename(old, place);
      }
      throw e;
    }
    disk.syncDirectory(folder);
  }

  private void delete(Path path) throws IOException {
    Optional<DiskEntry> there = disk.stat(path);
    if (there.isEmpty()) {
      return;
    }
    if (there.get().kind() == DiskEntry.Kind.DIRECTORY) {
      for (String name : disk.names(path)) {
        delete(path.resolve(name));
      }
    }
    disk.delete(path);
  }
}
