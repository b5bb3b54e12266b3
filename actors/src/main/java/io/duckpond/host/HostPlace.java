package io.duckpond.host;

import io.duckpond.host.PondPlace.Wanted;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a copy out of the pond goes.
 *
 * @param directory an existing directory, absolute
 * @param name what to call the one source in it; empty to put sources in under their own names
 */
record HostPlace(Path directory, Optional<String> name) {
  private static final int MAX_LINKS = 40;

  /** Finds the place that {@code destination} means; links are followed to it, and only to it. */
  static HostPlace of(Disk disk, Path destination, Wanted wanted) throws IOException {
    Path typed = destination.toAbsolutePath();
    boolean demandsDirectory = typed.endsWith(".") || wanted == Wanted.SEVERAL;
    Path named = typed.endsWith(".") ? parent(typed) : typed;
    Path path = followed(disk, named);
    Optional<DiskEntry> there = disk.stat(path);
    if (there.isPresent()) {
      if (there.get().kind() == DiskEntry.Kind.DIRECTORY) {
        return new HostPlace(path, Optional.empty());
      }
      if (demandsDirectory || wanted == Wanted.DIRECTORY) {
        throw new NotDirectoryException(destination.toString());
      }
      return new HostPlace(parent(path), Optional.of(name(path)));
    }
    if (!path.equals(named)) {
      throw new NoSuchFileException(path.toString()); // a link that leads nowhere
    }
    if (wanted == Wanted.SEVERAL || (demandsDirectory && wanted != Wanted.DIRECTORY)) {
      throw new NoSuchFileException(destination.toString(), null, "must be an existing directory");
    }
    Path parent = followed(disk, parent(path));
    Optional<DiskEntry> above = disk.stat(parent);
    if (above.isEmpty()) {
      throw new NoSuchFileException(parent.toString());
    }
    if (above.get().kind() != DiskEntry.Kind.DIRECTORY) {
      throw new NotDirectoryException(parent.toString());
    }
    return new HostPlace(parent, Optional.of(name(path)));
  }

  private static Path followed(Disk disk, Path start) throws IOException {
    Path at = start;
    for (int links = 0; links <= MAX_LINKS; links++) {
      Optional<DiskEntry> entry = disk.stat(at);
      if (entry.isEmpty() || entry.get().kind() != DiskEntry.Kind.SYMLINK) {
        return at;
      }
      at = at.resolveSibling(disk.readSymbolicLink(at));
    }
    throw new FileSystemLoopException(start.toString());
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
