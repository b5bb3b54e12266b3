package io.duckpond.journal.disk;

import io.duckpond.journal.disk.SimulatedFiles.DirectoryNode;
import io.duckpond.journal.disk.SimulatedFiles.Inode;
import io.duckpond.journal.disk.SimulatedFiles.LinkNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** From absolute paths to what a {@link SimulatedDisk} has there, as POSIX resolves them. */
final class SimulatedPaths {
  private static final int MOST_LINKS = 40;

  private final DirectoryNode root;

  SimulatedPaths(DirectoryNode root) {
    this.root = root;
  }

  /** A name in a directory, whether it is taken or not. */
  record Place(DirectoryNode directory, String name) {}

  Place place(Path path) throws IOException {
    Path parent = path.getParent();
    Path last = path.getFileName();
    if (parent == null || last == null || last.toString().equals("..")) {
      throw new FileSystemException(path.toString(), null, "Device or resource busy");
    }
    return new Place(directory(parent), last.toString());
  }

  Place vacant(Path path) throws IOException {
    Place place = place(path);
    if (place.directory.names.containsKey(place.name)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return place;
  }

  DirectoryNode directory(Path path) throws IOException {
    if (find(path, true) instanceof DirectoryNode directory) {
      return directory;
    }
    throw new NotDirectoryException(path.toString());
  }

  Inode find(Path path, boolean followLast) throws IOException {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + path);
    }
    return walk(path, root, path.toString(), followLast, 0);
  }

  private Inode walk(Path path, DirectoryNode from, String way, boolean followLast, int links)
      throws IOException {
    if (links > MOST_LINKS) {
      throw new FileSystemException(path.toString(), null, "Too many levels of symbolic links");
    }
    Inode at = from;
    int start = 0;
    while (start < way.length()) {
      int slash = way.indexOf('/', start);
      int end = slash < 0 ? way.length() : slash;
      String name = way.substring(start, end);
      start = end + 1;
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (!(at instanceof DirectoryNode directory)) {
        throw new NotDirectoryException(path.toString());
      }
      Inode next = name.equals("..") ? directory.parent : directory.names.get(name);
      if (next == null) {
        throw new NoSuchFileException(path.toString());
      }
      if (next instanceof LinkNode link && (followLast || start < way.length())) {
        DirectoryNode base = link.target.startsWith("/") ? root : directory;
        next = walk(path, base, link.target, true, links + 1);
      }
      at = next;
    }
    return at;
  }
}
