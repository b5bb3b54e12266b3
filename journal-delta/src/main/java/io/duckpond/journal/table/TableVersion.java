package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DurableFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One version of a {@link LogTable}: an immutable set of data files. Any thread.
 *
 * <p>A scan opens only the files that may hold a record asked for, by the statistics and filters
 * that the log has of each. If a file is gone, because another process has rewritten it meanwhile,
 * the scan starts again once from the newest version, unless it has handed out records already.
 */
public final class TableVersion {
  private final Disk disk;
  private final Path directory;
  private final Newest newest;
  private final long version;
  private final JournalHead head;
  private final FileList files;
  private final long bytes;

  /** Where a scan finds a newer version. */
  @FunctionalInterface
  interface Newest {
    TableVersion load() throws IOException;
  }

  TableVersion(
      Disk disk,
      Path directory,
      Newest newest,
      long version,
      JournalHead head,
      FileList files,
      long bytes) {
    this.disk = disk;
    this.directory = directory;
    this.newest = newest;
    this.version = version;
    this.head = head;
    this.files = files;
    this.bytes = bytes;
  }

  /** Returns the version that a commit makes of this one. */
  TableVersion changed(
      long next, JournalHead nextHead, List<DataFile> removed, List<DataFile> added) {
    FileList listed = removed.isEmpty() ? files.plus(added) : files.replace(removed, added);
    long grown =
        bytes
            + added.stream().mapToLong(DataFile::size).sum()
            - removed.stream().mapToLong(DataFile::size).sum();
    return new TableVersion(disk, directory, newest, next, nextHead, listed, grown);
  }

  /** Returns the Delta version. */
  public long version() {
    return version;
  }

  /** Returns the last transaction number; 0 if there is none. */
  public long txnSeq() {
    return head.txnSeq();
  }

  /** Returns the timestamp of the last transaction, microseconds since the epoch; 0 if none. */
  public long timestampMicros() {
    return head.timestampMicros();
  }

  /** Returns the number of data files. */
  public int files() {
    return files.size();
  }

  /** Returns the bytes of all data files. */
  public long bytes() {
    return bytes;
  }

  /** Returns how many data files a scan would open; costs no I/O. */
  public int filesFor(ScanRequest request) {
    return matching(request).size();
  }

  /** Returns the bytes of the data files that a scan would open; costs no I/O. */
  public long bytesFor(ScanRequest request) {
    return matching(request).stream().mapToLong(DataFile::size).sum();
  }

  /**
   * Returns where to end if one begins at transaction {@code from}, and would read data files of
   * about {@code bytes} in all: the last transaction of one of them, or of the table. Costs no I/O.
   */
  public long lastTxnSeqWithin(long from, long bytes) {
    List<DataFile> ahead =
        files.stream()
            .filter(file -> file.lastTxnSeq() >= from)
            .sorted(Comparator.comparingLong(DataFile::lastTxnSeq))
            .toList();
    long sum = 0;
    for (DataFile file : ahead) {
      sum += file.size();
      if (sum >= bytes) {
        return Math.min(file.lastTxnSeq(), txnSeq());
      }
    }
    return txnSeq();
  }

  /**
   * Reads every data file whole and compares it with the digest that the log has of it; a {@code
   * DamageException} names the first that differs. Scans check each record, but a damaged footer
   * can hide one from them.
   */
  public void verifyFiles() throws IOException {
    for (DataFile file : files) {
      Path path = directory.resolve(file.name());
      try {
        if (file.sha256().isPresent()) {
          Sha256 found = DurableFiles.digest(disk, path);
          if (!found.equals(file.sha256().get())) {
            throw file.damage(directory, file.sha256().get().hex(), found.hex());
          }
        }
      } catch (NoSuchFileException e) {
        ScanCursor.MissingFiles.newerVersion(this, file, /* tooLate= */ true, e);
      }
    }
  }

  /** Reads records in commit order, within one file by kind, partition and sequence number. */
  public RecordCursor scan(ScanRequest request) throws IOException {
    return new ScanCursor(this, request);
  }

  /**
   * Returns the records asked for of the newest file that holds any, in the file's order; empty if
   * no file does. For records that replace older ones; reads them all into memory.
   */
  public List<LogRecord> scanNewest(ScanRequest request) throws IOException {
    List<DataFile> matching = matching(request);
    for (int i = matching.size() - 1; i >= 0; i--) {
      List<LogRecord> found = new ArrayList<>();
      try (FileScan file = open(matching.get(i), request)) {
        for (int group = 0; group < file.rowGroups(); group++) {
          file.seek(group);
          for (var next = file.next(); next.isPresent(); next = file.next()) {
            found.add(next.get());
          }
        }
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /**
   * Reads records with up to {@code parallelism} tasks on {@code executor}, split by file and row
   * group; {@code sink} is called from many threads at once, the caller's among them. Records of
   * one partition arrive in no particular order. Returns when all are delivered; the first failure
   * ends it.
   */
  public void scanParallel(
      ScanRequest request, Executor executor, int parallelism, Consumer<LogRecord> sink)
      throws IOException {
    new ParallelScan(this, request, sink).run(executor, parallelism);
  }

  /** Returns the id of the open table that wrote this version. */
  String writer() {
    return head.writer();
  }

  JournalHead head() {
    return head;
  }

  Inventory inventory() {
    return head.inventory();
  }

  FileList fileList() {
    return files;
  }

  /** Returns those that a commit up to {@code version} has added, and what was made of such. */
  List<DataFile> filesUpTo(long version) {
    return files.stream().filter(file -> file.position().version() <= version).toList();
  }

  /** Returns the files that may hold what {@code request} asks for, in commit order. */
  List<DataFile> matching(ScanRequest request) {
    return files.stream().filter(file -> file.mayMatch(request)).toList();
  }

  FileScan open(DataFile file, ScanRequest request) throws IOException {
    return new FileScan(disk, directory, file, request);
  }

  TableVersion newest() throws IOException {
    return newest.load();
  }

  Path directory() {
    return directory;
  }
}
