package io.duckpond.journal.disk;

/**
 * The space of the filesystem that a file is on, in bytes.
 *
 * @param total of all that is on it and all that is free
 * @param free nobody uses it
 * @param usable what this process may write, at a guess
 */
public record DiskSpace(long total, long free, long usable) {

  /** Of a disk that knows of no end. */
  public static final DiskSpace UNBOUNDED =
      new DiskSpace(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
}
