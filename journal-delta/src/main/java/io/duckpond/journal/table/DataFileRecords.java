package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The records of single data files, for those who go on after damage. */
public final class DataFileRecords {
  private final Disk disk;
  private final Path table;

  /** Of the table in a folder, which need not be readable. */
  public DataFileRecords(Disk disk, Path table) {
    this.disk = disk;
    this.table = table;
  }

  /**
   * Reads the records of one file that {@code request} wants. What cannot be read is told to {@code
   * damage}; the row groups after it are read all the same.
   *
   * @param sink may throw {@link DamageException} of a record, and gets the next one then
   * @throws java.nio.file.NoSuchFileException if the file is not there
   */
  public void read(
      DataFile file,
      ScanRequest request,
      Consumer<LogRecord> sink,
      Consumer<DamageException> damage)
      throws IOException {
    try (FileScan scan = new FileScan(disk, table, file, request)) {
      for (int group = 0; group < scan.rowGroups(); group++) {
        try {
          scan.seek(group);
          for (Optional<LogRecord> record = scan.next(); record.isPresent(); record = scan.next()) {
            hand(record.get(), sink, damage);
          }
        } catch (DamageException e) {
          damage.accept(e);
        }
      }
    } catch (DamageException e) {
      damage.accept(e);
    }
  }

  private static void hand(
      LogRecord record, Consumer<LogRecord> sink, Consumer<DamageException> damage) {
    try {
      sink.accept(record);
    } catch (DamageException e) {
      damage.accept(e);
    }
  }

  /**
   * Reads what can be read of the keys of a damaged file, without any check: a hint at what it
   * held, never data.
   */
  public void readKeysOfDamaged(DataFile file, Consumer<LogRecord> sink) throws IOException {
    DataFile unchecked =
        new DataFile(
            file.name(),
            disk.stat(table.resolve(file.name())).map(found -> found.size()).orElse(0L),
            file.keys(),
            file.partIds(),
            Optional.empty(),
            Optional.empty(),
            file.assigned(),
            file.position());
    ScanRequest keys = ScanRequest.of(RecordKind.EVENT, RecordKind.values()).withoutContent();
    read(unchecked, keys, sink, damage -> {});
  }

  /** Returns the digest of a whole file. */
  public Sha256 digest(DataFile file) throws IOException {
    return DurableFiles.digest(disk, table.resolve(file.name()));
  }
}
