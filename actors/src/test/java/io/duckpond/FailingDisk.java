package io.duckpond;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.ForwardingDisk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A disk of which one operation, counted from {@link #failAfter}, fails once. Any thread. */
final class FailingDisk extends ForwardingDisk {
  private long left = Long.MAX_VALUE;
  private String failed = "";

  FailingDisk(Disk disk) {
    super(disk);
  }

  /** Lets {@code operations} more operations succeed, then one fail. */
  synchronized void failAfter(long operations) {
    left = operations;
    failed = "";
  }

  /** Returns which operation has failed; empty if none has. */
  synchronized String failed() {
    return failed;
  }

  @Override
  protected synchronized void before(String operation, Path path) throws IOException {
    if (left-- == 0) {
      failed = operation + " " + path;
      throw new FileSystemException(path.toString(), null, "No space left on device");
    }
  }
}
