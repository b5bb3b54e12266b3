package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Writes a staged file, under a draft's name: the commit that lists it gives it another. */
final class StagedRecords implements StagedFileWriter {
  private final Disk disk;
  private final Path table;
  private final String name;
  private final String partId;
  private final RecordFileWriter writer;
  private final Set<String> innerPartIds = new HashSet<>();
  private long version;
  private long bytes;
  private long rows;
  private boolean open = true;

  StagedRecords(Disk disk, Path table, String partId, String draft) throws IOException {
    this.disk = disk;
    this.table = table;
    this.partId = partId;
    this.name = draft;
    this.writer = new RecordFileWriter(disk, table.resolve(name), 1);
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
    version++;
    writer.append(
        new LogRecord(
            partId,
            RecordKind.ATTACHMENT,
            version,
            version,
            0,
            0,
            0,
            count,
            Sha256.of(content),
            content));
    bytes += content.length;
    rows += count;
    innerPartIds.addAll(inner);
    return version;
  }

  @Override
  public StagedFile finish() throws IOException {
    RecordFileWriter.Finished finished = writer.finish();
    writer.close();
    // A draft needs no durable name: it has no use beyond this process but to be tidied away.
    Path file = table.resolve(name);
    DiskEntry entry = disk.stat(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    open = false;
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
      try {
        writer.close();
      } finally {
        disk.delete(table.resolve(name));
      }
    }
  }
}
