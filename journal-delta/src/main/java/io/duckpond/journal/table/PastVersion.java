package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A version of a table that is not the newest. */
public final class PastVersion {
  private PastVersion() {}

  /**
   * Says which data files of a version are not there any more, or of another size: such as those
   * that were merged since. Empty if they all are there.
   *
   * @throws DamageException if it cannot be read what the version lists
   */
  public static Optional<String> missing(Machine machine, Path table, long version)
      throws IOException {
    List<DataFile> files;
    try {
      files = new KernelTable(machine, table, 0, Set.of()).load(Optional.of(version)).files();
    } catch (RuntimeException e) {
      throw LoadedTable.unwrapped(table, e);
    }
    return LoadedTable.damage(machine.disk(), table, files);
  }
}
