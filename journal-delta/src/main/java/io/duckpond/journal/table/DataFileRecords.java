package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DurableFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
   * Reads the keys of a damaged file, whose footer must be intact; its pages have checksums of
   * their own. Returns whether all keys could be read: a hint at what it held, never data.
   */
  public boolean readKeysOfDamaged(DataFile file, Consumer<LogRecord> sink) throws IOException {
    if (file.tail().isEmpty()) {
      return false;
    }
    DataFile byItsTail =
        new DataFile(
            file.name(),
            file.size(),
            file.keys(),
            file.partIds(),
            Optional.empty(),
            file.tail(),
            file.assigned(),
            file.position(),
            file.run());
    boolean[] all = {true};
    ScanRequest keys = ScanRequest.of(RecordKind.EVENT, RecordKind.values()).withoutContent();
    read(byItsTail, keys, sink, damage -> all[0] = false);
    return all[0];
  }

  /** Returns the partitions whose events a file holds, as far as they can be read. */
  public Set<String> partitionsOf(DataFile file) throws IOException {
    Set<String> partitions = new HashSet<>();
    ScanRequest keys = ScanRequest.of(RecordKind.EVENT).withoutContent();
    try {
      read(file, keys, record -> partitions.add(record.partId()), damage -> {});
    } catch (NoSuchFileException e) {
      return Set.of(); // what is not there tells nothing
    }
    return partitions;
  }

  /** Returns the digest of a whole file. */
  public Sha256 digest(DataFile file) throws IOException {
    return DurableFiles.digest(disk, table.resolve(file.name()));
  }
}
