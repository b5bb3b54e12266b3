package io.duckpond.journal.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The locks that this JVM holds. POSIX drops a process's lock on a file as soon as the process
 * closes any descriptor of it, so a file whose lock is held is never opened a second time.
 */
final class FileLocks {
  private static final Set<Path> HELD = new HashSet<>();

  private FileLocks() {}

  private static Path keyOf(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no lock file: " + file);
    }
    return parent.toRealPath().resolve(file.getFileName());
  }

  static boolean isLocked(Path file) throws IOException {
    try {
      Path key = keyOf(file);
      synchronized (HELD) {
        return HELD.contains(key) || isLockedElsewhere(key);
      }
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A shared lock can be had on what may only be read, and not while there is another. */
  private static boolean isLockedElsewhere(Path key) throws IOException {
    try (FileChannel channel = FileChannel.open(key, READ, NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, /* shared= */ true)) {
      return lock == null;
    }
  }

  static Optional<DiskLock> tryLock(Path file) throws IOException {
    Path key = keyOf(file);
    synchronized (HELD) {
      if (HELD.contains(key)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(
              key,
              Set.of(CREATE, WRITE, NOFOLLOW_LINKS),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } finally {
        if (lock == null) {
          channel.close();
        }
      }
      if (lock == null) {
        return Optional.empty();
      }
      HELD.add(key);
      return Optional.of(() -> release(key, channel));
    }
  }

  private static void release(Path key, FileChannel channel) throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        try {
          channel.close();
        } finally {
          HELD.remove(key);
        }
      }
    }
  }
}
