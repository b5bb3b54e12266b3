package io.duckpond.journal.testkit;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.ForwardingDisk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk whose data files cannot be written, or read, as often as it is told. Any thread. */
final class FailingDisk extends ForwardingDisk {
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  FailingDisk(Disk disk) {
    super(disk);
  }

  void failWrites(int count) {
    writes.set(count);
  }

  void failReads(int count) {
    reads.set(count);
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    if (name(file).startsWith("flush-")) {
      failOneOf(writes, file);
    }
    return super.create(file);
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    if (name(file).endsWith(".parquet") && !name(file).contains("checkpoint")) {
      failOneOf(reads, file);
    }
    return super.open(file);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static void failOneOf(AtomicInteger count, Path file) throws IOException {
    if (count.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new FileSystemException(file.toString(), null, "the test lets it fail");
    }
  }
}
