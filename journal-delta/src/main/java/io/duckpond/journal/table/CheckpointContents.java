package io.duckpond.journal.table;

import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.engine.DiskEngine;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a checkpoint alone says of the table.
 *
 * @param files the data files of its version, in commit order
 * @param head the table at its version; empty if no commit of ours came before
 */
public record CheckpointContents(List<DataFile> files, Optional<JournalHead> head) {

  public CheckpointContents {
    files = List.copyOf(files);
  }

  /**
   * Reads all of a checkpoint, as if there were nothing else in the log.
   *
   * @param name of the file in the log's folder
   * @throws DamageException if it cannot be read, whatever the reason
   */
  public static CheckpointContents read(Disk disk, Path table, String name, long version)
      throws IOException {
    String entry = String.valueOf(LogEntry.pathOf(table, version).getFileName());
    DiskEngine engine =
        new DiskEngine(Machine.with(disk), shown -> shown.equals(name) || shown.equals(entry));
    try {
      KernelTable.Loaded loaded = new KernelTable(engine, table).load(Optional.empty());
      if (loaded.checkpoint() != version) {
        throw new DamageException(
            name + " is damaged: expected version " + version + ", found " + loaded.checkpoint());
      }
      return new CheckpointContents(loaded.files(), loaded.head());
    } catch (UnsupportedProtocolVersionException | UnsupportedTableFeatureException e) {
      throw JournalException.notStored(table + " needs a newer program: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw LoadedTable.unwrapped(table, e);
    }
  }
}
