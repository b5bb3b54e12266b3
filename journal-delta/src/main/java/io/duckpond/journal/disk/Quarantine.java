package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder into which files are set aside instead of being deleted, each under the path that it had
 * below a common root. A file gets its new name, durably, before it loses the old one: whatever
 * happens meanwhile, it has one of them, and doing it again finishes it. For one thread.
 */
public final class Quarantine {
  private final Disk disk;
  private final Path root;
  private final Path folder;
  private final List<Path> moved = new ArrayList<>();

  /**
   * A quarantine that does not exist until something is moved there.
   *
   * @param root what the paths of files are relative to
   * @param folder on the same filesystem; a fresh one for each quarantine
   */
  public Quarantine(Disk disk, Path root, Path folder) {
    this.disk = disk;
    this.root = root;
    this.folder = folder;
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Returns what was moved here, by the paths that it had, relative to the root. */
  public List<Path> moved() {
    return List.copyOf(moved);
  }

  /**
   * Moves files here, and returns once that is durable. They lose their old names in the given
   * order. One that is not there is passed over.
   */
  public void move(List<Path> files) throws IOException {
    List<Path> there = new ArrayList<>();
    Set<Path> targets = new LinkedHashSet<>();
    for (Path file : files) {
      Path target = folder.resolve(root.relativize(file));
      Directories.createAll(disk, parentOf(target));
      try {
        disk.link(file, target);
        there.add(file);
        targets.add(parentOf(target));
      } catch (NoSuchFileException e) {
        continue; // somebody else, or an earlier attempt, was quicker
      }
    }
    for (Path target : targets) {
      disk.syncDirectory(target);
    }
    Set<Path> sources = new LinkedHashSet<>();
    for (Path file : there) {
      disk.delete(file);
      sources.add(parentOf(file));
      moved.add(root.relativize(file));
    }
    for (Path source : sources) {
      disk.syncDirectory(source);
    }
  }

  /** Moves a whole directory of which nobody would miss anything, should a power cut lose it. */
  public void moveCache(Path directory) throws IOException {
    Path target = folder.resolve(root.relativize(directory));
    Directories.createAll(disk, parentOf(target));
    disk.rename(directory, target);
    disk.syncDirectory(parentOf(target));
    disk.syncDirectory(parentOf(directory));
    moved.add(root.relativize(directory));
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not below anything: " + path);
    }
    return parent;
  }
}
