package io.duckpond.journal.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that its maker keeps locked for as long as it lives, beside drafts that carry its id. Who
 * tidies up tells by it whose drafts nobody will come back to: a process that ends in whatever way
 * loses the lock, one that is only stopped does not. Any thread.
 */
public final class Lease implements Closeable {
  private static final String PREFIX = ".lease-";
  private static final String SUFFIX = ".tmp";
  private static final int ATTEMPTS = 100;

  private final Disk disk;
  private final Path file;
  private final String id;
  private final DiskLock lock;

  private Lease(Disk disk, Path file, String id, DiskLock lock) {
    this.disk = disk;
    this.file = file;
    this.id = id;
    this.lock = lock;
  }

  /**
   * Makes one in {@code directory}, under a fresh id of 36 letters, digits and hyphens.
   *
   * @throws IOException if the disk fails, or its locks are none: files go as soon as locked
   */
  public static Lease take(Machine machine, Path directory) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String id = machine.uuid();
      Path file = fileOf(directory, id);
      Optional<DiskLock> lock = machine.disk().tryLock(file);
      // Somebody may have found it before it was locked, and have removed it.
      if (lock.isPresent() && machine.disk().stat(file).isPresent()) {
        return new Lease(machine.disk(), file, id, lock.get());
      } else if (lock.isPresent()) {
        lock.get().close();
      }
    }
    throw new IOException(
        "cannot keep a locked file in " + directory + ": each of " + ATTEMPTS + " was gone");
  }

  private static Path fileOf(Path directory, String id) {
    return directory.resolve(PREFIX + id + SUFFIX);
  }

  /** Returns the id in the name of a lease's file; empty if it is none. */
  public static Optional<String> idIn(String name) {
    boolean isLease = name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    return isLease
        ? Optional.of(name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
        : Optional.empty();
  }

  /** Returns the id that names this one's drafts. */
  public String id() {
    return id;
  }

  /**
   * Returns whether whoever held the lease of that id is gone; its file is removed then. No lease
   * is as good as one that nobody holds.
   */
  public static boolean isOver(Disk disk, Path directory, String id) throws IOException {
    Path file = fileOf(directory, id);
    if (disk.stat(file).isEmpty()) {
      return true;
    }
    Optional<DiskLock> lock = disk.tryLock(file);
    if (lock.isEmpty()) {
      return false;
    }
    try {
      disk.delete(file);
    } catch (NoSuchFileException e) {
      return true; // removed by its holder meanwhile
    } finally {
      lock.get().close();
    }
    return true;
  }

  /** Returns whether somebody holds the lease of that id; changes nothing. */
  public static boolean isHeld(Disk disk, Path directory, String id) throws IOException {
    return disk.isLocked(fileOf(directory, id));
  }

  /** Removes the file and gives up the lock. */
  @Override
  public void close() throws IOException {
    try {
      disk.delete(file);
    } catch (NoSuchFileException e) {
      return; // somebody who was granted the lock too has removed it
    } finally {
      lock.close();
    }
  }
}
