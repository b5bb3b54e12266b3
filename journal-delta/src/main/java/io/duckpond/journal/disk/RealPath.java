package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds what a path names once every symbolic link in it is followed. */
public final class RealPath {
  /** What a kernel follows at most. */
  private static final int MAX_LINKS = 40;

  private final Disk disk;
  private final Deque<Path> names = new ArrayDeque<>();
  private int links;

  private RealPath(Disk disk) {
    this.disk = disk;
  }

  /**
   * Returns the path without symbolic links, {@code .} or {@code ..} of what stands at {@code
   * path}.
   *
   * @param path absolute
   * @throws NoSuchFileException if nothing does
   */
  public static Path of(Disk disk, Path path) throws IOException {
    return new RealPath(disk).resolve(path);
  }

  private Path resolve(Path path) throws IOException {
    Path root = path.getRoot();
    if (root == null) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
    Path real = root;
    push(path);
    while (!names.isEmpty()) {
      Path name = names.pop();
      if (name.toString().equals("..")) {
        Path parent = real.getParent();
        real = parent == null ? root : parent;
      } else if (!name.toString().equals(".") && !name.toString().isEmpty()) {
        real = step(root, real, real.resolve(name));
      }
    }
    return real;
  }

  private Path step(Path root, Path parent, Path next) throws IOException {
    Optional<DiskEntry> found = disk.stat(next);
    if (found.isEmpty()) {
      throw new NoSuchFileException(next.toString());
    }
    if (found.get().kind() != DiskEntry.Kind.SYMLINK) {
      return next;
    }
    if (++links > MAX_LINKS) {
      throw new FileSystemLoopException(next.toString());
    }
    Path target = Path.of(disk.readSymbolicLink(next));
    if (target.toString().isEmpty()) {
      throw new FileSystemException(next.toString(), null, "its target is empty");
    }
    push(target);
    return target.isAbsolute() ? root : parent;
  }

  /** What is pushed last comes first. */
  private void push(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      names.push(path.getName(i));
    }
  }
}
