package io.duckpond.testkit;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.ForwardingDisk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disk that refuses to write a pond's commits, or to read its files, as often as it is told. Any
 * thread.
 */
final class RefusingDisk extends ForwardingDisk {
  private final Path oplog;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  RefusingDisk(Disk disk, Path oplog) {
    super(disk);
    this.oplog = oplog;
  }

  void refuseCommits(int count) {
    commits.set(count);
  }

  void refuseReads(int count) {
    reads.set(count);
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    boolean commit = oplog.equals(file.getParent()) && name(file).startsWith("flush-");
    refuseIf(commit, commits, file);
    return super.create(file);
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    boolean data = !file.toString().contains("_delta_log") && !name(file).startsWith("write.lock");
    refuseIf(data, reads, file);
    return super.open(file);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static void refuseIf(boolean meant, AtomicInteger count, Path file) throws IOException {
    if (meant && count.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new FileSystemException(file.toString(), null, "the test lets it fail");
    }
  }
}
