package io.duckpond.journal.disk;

/**
 * A name in a directory of a {@link Disk} and what stands there.
 *
 * @param name the last component, without a slash
 * @param kind what it is; a link is never followed
 * @param size bytes, as the system reports it
 * @param mode permission bits, 0 to 0777
 * @param modifiedNanos nanoseconds since the epoch
 * @param fileKey identifies the file among all names of it (device and inode), or is empty
 */
public record DiskEntry(
    String name, Kind kind, long size, int mode, long modifiedNanos, String fileKey) {

  /** What a name stands for. */
  public enum Kind {
    FILE,
    DIRECTORY,
    SYMLINK,
    /** A socket, FIFO or device. */
    OTHER
  }
}
