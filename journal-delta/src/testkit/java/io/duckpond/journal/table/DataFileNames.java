package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The data files of a table. */
public final class DataFileNames {
  private DataFileNames() {}

  /**
   * Returns those that the newest version lists, in commit order: which their names follow only as
   * far as the clock did.
   */
  public static List<Path> inCommitOrder(Disk disk, Path table) throws IOException {
    try (LogTable open = LogTable.open(disk, table)) {
      return open.head().fileList().stream().map(file -> table.resolve(file.name())).toList();
    }
  }
}
