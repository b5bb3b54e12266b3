package io.duckpond.host;

import io.duckpond.Progress;
import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Copies trees between the host's filesystem and a pond. */
public final class HostCopy {

  /** A copier that refuses what it cannot keep, unless {@code options} let it pass. */
  public HostCopy(Disk disk, HostCopyOptions options, Progress progress) {}

  /** Copies host paths to {@code destination} below {@code root}; nothing is committed. */
  public HostCopyReport in(List<Path> sources, WorkingDirectory root, String destination)
      throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Copies pond paths to a host path. */
  public HostCopyReport out(List<String> sources, WorkingDirectory root, Path destination)
      throws IOException {
    throw new IllegalStateException("contract");
  }
}
