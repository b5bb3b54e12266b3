package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DiskInput;
import io.duckpond.journal.engine.DurableFiles;
import io.duckpond.journal.engine.ParquetFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;

/**
 * One data file open for one request. What cannot be read, though the disk gave the bytes, is
 * reported as damage. For one thread.
 */
final class FileScan implements Closeable {
  private final Disk disk;
  private final Path table;
  private final Path path;
  private final DataFile file;
  private final ScanRequest request;
  private final DiskInput input;
  private final ParquetFileReader reader;
  private Optional<RowGroupRecords> group = Optional.empty();

  FileScan(Disk disk, Path table, DataFile file, ScanRequest request) throws IOException {
    this.disk = disk;
    this.table = table;
    this.path = table.resolve(file.name());
    this.file = file;
    this.request = request;
    this.input = DiskInput.open(disk, path);
    try {
      verify();
      this.reader = ParquetFiles.open(input, RecordFilter.of(file, request));
      reader.setRequestedSchema(RowGroupRecords.columns(request));
    } catch (IOException | RuntimeException e) {
      input.close();
      throw failure(e);
    }
  }

  /**
   * Checks the size, and the bytes that no page checksum guards: of a small file, which is read in
   * one piece anyhow, all of them.
   */
  private void verify() throws IOException {
    if (input.getLength() != file.size()) {
      throw damaged(file.size() + " bytes", input.getLength() + " bytes");
    }
    if (file.size() <= DiskInput.WINDOW && file.sha256().isPresent()) {
      verify(0, file.sha256().get());
    } else if (file.tail().isPresent()) {
      verify(file.tail().get().offset(), file.tail().get().sha256());
    }
  }

  private void verify(long from, Sha256 expected) throws IOException {
    Sha256 found = input.digestFrom(from);
    if (!found.equals(expected)) {
      throw damaged("SHA-256 " + expected + " from byte " + from, found.hex());
    }
  }

  private DamageException damaged(String expected, String found) {
    return file.damage(table, expected, found);
  }

  /** Returns how many row groups may hold records that are wanted. */
  int rowGroups() {
    return reader.getRowGroups().size();
  }

  /** Goes to the beginning of a row group. */
  void seek(int rowGroup) throws IOException {
    try {
      PageReadStore pages = reader.readFilteredRowGroup(rowGroup);
      group =
          pages == null
              ? Optional.empty()
              : Optional.of(
                  new RowGroupRecords(
                      pages, reader.getFileMetaData().getCreatedBy(), file, request));
    } catch (IOException | RuntimeException e) {
      throw failure(e);
    } catch (OutOfMemoryError e) {
      throw tooMuch(e);
    }
  }

  /** Returns the next record of the row group; empty at its end. */
  Optional<LogRecord> next() throws IOException {
    if (group.isEmpty()) {
      return Optional.empty();
    }
    try {
      return group.get().next();
    } catch (RuntimeException e) {
      throw failure(e);
    } catch (OutOfMemoryError e) {
      throw tooMuch(e);
    }
  }

  /** Tells apart a disk that cannot read, and bytes that were read but are not what was written. */
  private RuntimeException failure(Exception e) throws IOException {
    if (input.failure().isPresent()) {
      throw input.failure().get();
    }
    if (e instanceof DamageException damage) {
      return damage;
    }
    Sha256 found = DurableFiles.digest(disk, path);
    // What is too large for this JVM may have been small before it rotted.
    if (e instanceof JournalException refused && !isOther(found)) {
      return refused;
    }
    return damage(found, e);
  }

  /** The header of a page is read by Parquet, which allocates up to 100 MB for what it says. */
  private DamageException tooMuch(OutOfMemoryError e) throws IOException {
    Sha256 found = DurableFiles.digest(disk, path);
    if (isOther(found)) {
      return damage(found, e);
    }
    throw e;
  }

  private boolean isOther(Sha256 found) {
    return file.sha256().filter(written -> !written.equals(found)).isPresent();
  }

  private DamageException damage(Sha256 found, Throwable e) {
    String expected = file.sha256().map(Sha256::hex).orElse("readable Parquet");
    return new DamageException(
        file.damageMessage(table, expected, found.hex() + " (" + e.getMessage() + ")"), e);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
