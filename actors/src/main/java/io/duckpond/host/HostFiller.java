package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Puts nodes of a pond onto the host. Files and links are made under another name in the same
 * directory and get theirs when they are whole; a directory gets its mode and time after all that
 * is in it.
 */
final class HostFiller {
  /** How the names of unfinished files begin. */
  static final String TEMPORARY = ".pond-copy-" + ProcessHandle.current().pid() + "-";

  private static final int BUFFER = 1 << 18;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Disk disk;
  private final WorkingDirectory root;
  private final PondTree tree;
  private final Plan plan;
  private final Tally tally;
  private final byte[] buffer = new byte[BUFFER];
  private long temporaries;

  /**
   * What was decided before the first change.
   *
   * @param unchanged files and links that are the same already
   */
  record Plan(Set<Path> unchanged, boolean overwrite, boolean dryRun) {}

  HostFiller(Disk disk, WorkingDirectory root, PondTree tree, Plan plan, Tally tally) {
    this.disk = disk;
    this.root = root;
    this.tree = tree;
    this.plan = plan;
    this.tally = tally;
  }

  /** Puts one node and all below it into a directory. */
  void put(PondTree.Item item, Path directory) throws IOException {
    Path target = directory.resolve(item.name().value());
    if (item.entry() instanceof Entry.Directory entry) {
      putDirectory(item, entry, target);
    } else if (plan.unchanged().contains(target)) {
      tally.unchanged();
    } else if (item.entry() instanceof Entry.Symlink link) {
      putLink(link, target);
    } else if (item.entry() instanceof Entry.File file) {
      putFile(item, file, target);
    }
  }

  private void putDirectory(PondTree.Item item, Entry.Directory entry, Path target)
      throws IOException {
    Optional<DiskEntry> there = disk.stat(target);
    if (there.isPresent() && has(there.get(), entry.attributes())) {
      tally.unchanged();
    } else {
      tally.directory(target.toString());
    }
    if (!plan.dryRun()) {
      if (there.isEmpty()) {
        disk.createDirectory(target);
      } else if (there.get().kind() != DiskEntry.Kind.DIRECTORY) {
        // It was none a moment ago; a link put here meanwhile must not lead us elsewhere.
        throw new NotDirectoryException(target.toString());
      }
    }
    for (PondTree.Item child : tree.below(item)) {
      put(child, target);
    }
    if (!plan.dryRun()) {
      finish(target, entry.attributes());
    }
  }

  private void finish(Path directory, Attributes attributes) throws IOException {
    Optional<DiskEntry> now = disk.stat(directory);
    if (now.isEmpty() || now.get().kind() != DiskEntry.Kind.DIRECTORY) {
      throw new NotDirectoryException(directory.toString());
    }
    if (!has(now.get(), attributes)) {
      setModified(directory, directory, attributes);
      disk.setMode(directory, attributes.mode());
    }
  }

  /** The JDK cannot set fractions of a second before 1970: there the second must do. */
  private void setModified(Path path, Path target, Attributes attributes) throws IOException {
    long nanos = attributes.modifiedNanos();
    long fraction = nanos < 0 ? Math.floorMod(nanos, NANOS_PER_SECOND) : 0;
    if (fraction != 0) {
      tally.warn(HostText.escaped(target) + ": modified before 1970, kept to the second");
    }
    disk.setModified(path, nanos - fraction);
  }

  private static boolean has(DiskEntry there, Attributes wanted) {
    return there.mode() == wanted.mode() && there.modifiedNanos() == wanted.modifiedNanos();
  }

  private void putLink(Entry.Symlink link, Path target) throws IOException {
    if (!plan.dryRun()) {
      Path temporary = temporary(target);
      disk.createSymbolicLink(temporary, link.target());
      name(temporary, target, () -> setModified(temporary, target, link.attributes()));
    }
    tally.symlink(target.toString());
  }

  private void putFile(PondTree.Item item, Entry.File file, Path target) throws IOException {
    if (!plan.dryRun()) {
      Path temporary = temporary(target);
      DiskWriter writer = disk.create(temporary);
      name(
          temporary,
          target,
          () -> {
            try (writer;
                InputStream in = root.read(item.path())) {
              for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                writer.write(ByteBuffer.wrap(buffer, 0, read));
              }
            }
            setModified(temporary, target, file.attributes());
            disk.setMode(temporary, file.attributes().mode());
          });
    }
    tally.file(target.toString(), file.size());
  }

  /** A name for what is unfinished that nothing has, as far as one can know. */
  private Path temporary(Path target) throws IOException {
    Path temporary = target.resolveSibling(TEMPORARY + temporaries++);
    while (disk.stat(temporary).isPresent()) {
      temporary = target.resolveSibling(TEMPORARY + temporaries++);
    }
    return temporary;
  }

  /** Finishes what stands at {@code temporary} and gives it its name, or removes it. */
  private void name(Path temporary, Path target, Step finish) throws IOException {
    try {
      finish.run();
      if (!plan.overwrite() && disk.stat(target).isPresent()) {
        throw new FileAlreadyExistsException(target.toString());
      }
      disk.rename(temporary, target);
    } catch (IOException | RuntimeException e) {
      try {
        disk.delete(temporary);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
