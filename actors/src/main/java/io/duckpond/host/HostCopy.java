package io.duckpond.host;

import io.duckpond.Progress;
import io.duckpond.WorkingDirectory;
import io.duckpond.host.HostCopyOptions.Flag;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies trees between the host's filesystem and a pond. For one thread.
 *
 * <p>An existing directory as destination takes the source under its own name, an absent one
 * becomes it, and several sources demand an existing one. Kept are bytes, links as they are,
 * permission bits, and modification times to the nanosecond (as far as the host's filesystem can).
 * Nothing is changed before all that can be refused was looked at.
 */
public final class HostCopy {
  private final Disk disk;
  private final HostCopyOptions options;
  private final Progress progress;

  /** The same on the real disk. */
  public HostCopy(HostCopyOptions options, Progress progress) {
    this(new RealDisk(), options, progress);
  }

  /** A copier that refuses what it cannot keep, unless {@code options} let it pass. */
  public HostCopy(Disk disk, HostCopyOptions options, Progress progress) {
    this.disk = disk;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Copies host paths to {@code destination} below {@code root}; nothing is committed. A source
   * whose last component is {@code .} or {@code ..} means its contents, and leaves the attributes
   * of a directory that takes them as they are. A link as source is copied as a link. A destination
   * that ends with a slash demands a directory.
   */
  public HostCopyReport in(List<Path> sources, WorkingDirectory root, String destination)
      throws IOException {
    Tally tally = tally();
    new CopyIn(disk, options, tally, root).run(sources, destination);
    return tally.result();
  }

  /**
   * Copies pond paths to a host path. A source that is the root, or ends with {@code /.}, means its
   * contents. A destination whose last component is {@code .} demands a directory ({@link Path}
   * keeps no trailing slash).
   */
  public HostCopyReport out(List<String> sources, WorkingDirectory root, Path destination)
      throws IOException {
    Tally tally = tally();
    new CopyOut(disk, options, tally, root).run(sources, destination);
    return tally.result();
  }

  private Tally tally() {
    return new Tally(progress, options.flags().contains(Flag.DRY_RUN));
  }
}
