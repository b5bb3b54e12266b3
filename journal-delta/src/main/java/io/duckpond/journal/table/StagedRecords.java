package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskWork;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Writes a staged file, under a draft's name: the commit that lists it gives it another. A thread
 * of its own packs and writes a record while the next is being made.
 */
final class StagedRecords implements StagedFileWriter {
  private final Disk disk;
  private final Machine.Threads threads;
  private final Path table;
  private final String name;
  private final String partId;
  private final RecordFileWriter writer;
  private final ExecutorService worker;
  private final Set<String> innerPartIds = new HashSet<>();
  private long version;
  private long bytes;
  private long rows;
  private boolean open = true;

  /** Of the newest record; gives how many there are. */
  private DiskWork<Long> writing;

  StagedRecords(Machine machine, Path table, String partId, String draft) throws IOException {
    this.disk = machine.disk();
    this.threads = machine.threads();
    this.table = table;
    this.partId = partId;
    this.name = draft;
    this.writer = new RecordFileWriter(disk, table.resolve(name), 1);
    this.worker = threads.pool("delta-staged", 1);
    this.writing = DiskWork.done(threads, 0L);
  }

  @Override
  public String partId() {
    return partId;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long append(int count, byte[] content, Set<String> inner) throws IOException {
    writing.await(); // one record at a time, so that memory is bounded
    version++;
    long number = version;
    writing = DiskWork.start(threads, worker, () -> write(number, count, content));
    bytes += content.length;
    rows += count;
    innerPartIds.addAll(inner);
    return version;
  }

  private long write(long number, int count, byte[] content) throws IOException {
    Sha256 digest = Sha256.of(content);
    writer.append(
        new LogRecord(
            partId, RecordKind.ATTACHMENT, number, number, 0, 0, 0, count, digest, content));
    return number;
  }

  @Override
  public StagedFile finish() throws IOException {
    writing.await();
    RecordFileWriter.Finished finished = writer.finish();
    writer.close();
    // A draft needs no durable name: it has no use beyond this process but to be tidied away.
    Path file = table.resolve(name);
    DiskEntry entry = disk.stat(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    open = false;
    worker.shutdown();
    return new StagedFile(
        name,
        partId,
        finished.size(),
        version,
        rows,
        entry.modifiedNanos() / 1_000_000,
        finished.sha256(),
        finished.tail(),
        innerPartIds);
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      worker.shutdown();
      try {
        writing.settle(); // the file goes, whole or not
        writer.close();
      } finally {
        disk.delete(table.resolve(name));
      }
    }
  }
}
