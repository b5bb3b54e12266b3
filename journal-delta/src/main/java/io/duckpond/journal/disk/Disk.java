package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The one way to the files of a machine: every read, write, sync and name change of this project
 * goes through it, so that a test can fail, delay or lose any of them.
 *
 * <p>Paths are absolute. No operation follows a symbolic link in the last component unless it says
 * so. Failures are the {@link java.nio.file.FileSystemException}s of the JDK, naming the path.
 * Implementations are safe for use by many threads.
 */
public interface Disk {

  /** Creates a file that must not exist yet, readable by its owner only, and opens it to write. */
  DiskWriter create(Path file) throws IOException;

  /** Opens an existing regular file for positional reads; follows links. */
  DiskReader open(Path file) throws IOException;

  /** Gives {@code existing} a second name; fails if {@code name} is taken (link(2)). */
  void link(Path existing, Path name) throws IOException;

  /** Renames atomically, replacing what stood at {@code to} (rename(2)). */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file, a link or an empty directory; fails if there is none. */
  void delete(Path path) throws IOException;

  /** Creates one directory, accessible by its owner only; its parent must exist. */
  void createDirectory(Path directory) throws IOException;

  /**
   * Creates a symbolic link holding {@code target} byte for byte.
   *
   * @throws LinkTargetException if that cannot be done here; nothing was made
   */
  void createSymbolicLink(Path link, String target) throws IOException;

  /** Returns the target of a symbolic link, as stored. */
  String readSymbolicLink(Path link) throws IOException;

  /** Returns once every name created, renamed or removed in {@code directory} is durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Returns the names in a directory with their attributes, in no particular order. */
  List<DiskEntry> list(Path directory) throws IOException;

  /**
   * Returns the names in a directory without asking what they stand for, in no particular order;
   * much quicker than {@link #list} where there are many.
   */
  default List<String> names(Path directory) throws IOException {
    return list(directory).stream().map(DiskEntry::name).toList();
  }

  /** Returns what stands at {@code path}, not following a link; empty if nothing does. */
  Optional<DiskEntry> stat(Path path) throws IOException;

  /** Sets the permission bits (0 to 07777 as stored by POSIX; 0777 are kept). */
  void setMode(Path path, int mode) throws IOException;

  /** Sets the modification time in nanoseconds since the epoch. */
  void setModified(Path path, long modifiedNanos) throws IOException;

  /**
   * Takes an exclusive advisory lock on {@code file}, creating it if need be; empty if another
   * process or another holder in this JVM has it. The lock goes when the returned handle is closed
   * or the process ends.
   */
  Optional<DiskLock> tryLock(Path file) throws IOException;

  /**
   * Returns whether somebody, in this JVM or another process, holds the lock of {@link #tryLock} on
   * {@code file}; makes no file, and needs no right to write.
   */
  boolean isLocked(Path file) throws IOException;

  /** Returns the space of the filesystem that {@code path} is on. */
  default DiskSpace space(Path path) throws IOException {
    return DiskSpace.UNBOUNDED;
  }
}
