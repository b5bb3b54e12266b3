package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creation of directories that last. */
public final class Directories {
  private static final Logger LOG = LoggerFactory.getLogger(Directories.class);

  private Directories() {}

  /**
   * Creates {@code directory} and those above it that are missing, and returns once every one of
   * the new names is durable. A directory that exists may be as new: its maker was killed before it
   * had synced the name, or has not got that far.
   */
  public static void createAll(Disk disk, Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = directory; at != null; at = at.getParent()) {
      Optional<DiskEntry> there = disk.stat(at);
      if (there.isPresent()) {
        if (there.get().kind() == DiskEntry.Kind.FILE) {
          throw new NotDirectoryException(at.toString());
        }
        syncName(disk, at);
        break;
      }
      missing.push(at);
    }
    for (Path at : missing) {
      try {
        disk.createDirectory(at);
      } catch (FileAlreadyExistsException e) {
        // Somebody was quicker; its durability is ours to see to all the same.
        if (disk.stat(at).filter(entry -> entry.kind() == DiskEntry.Kind.FILE).isPresent()) {
          throw e;
        }
      }
      Path parent = at.getParent();
      if (parent != null) {
        disk.syncDirectory(parent);
      }
    }
  }

  private static void syncName(Disk disk, Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent != null) {
      try {
        disk.syncDirectory(parent);
      } catch (AccessDeniedException e) {
        // Whoever may not read the parent has made nothing in it that would need a sync.
        LOG.debug("cannot sync [{}]", parent);
      }
    }
  }
}
