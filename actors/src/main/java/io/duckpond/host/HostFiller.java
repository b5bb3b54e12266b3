package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.LinkTargetException;
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

  /** Whose the directory is that gets something. */
  private enum Into {
    /** It was there before, and anything may be in it. */
    EXISTING,
    /** It was made here: nothing is in it but what was put there, under names told apart. */
    NEW
  }

  /** Puts one node and all below it into a directory that was there before. */
  void put(PondTree.Item item, Path directory) throws IOException {
    put(item, directory, Into.EXISTING);
  }

  private void put(PondTree.Item item, Path directory, Into into) throws IOException {
    Path target = directory.resolve(item.name().value());
    if (item.entry().isDirectory()) {
      putDirectory(item, item.entry(), target, into);
    } else if (plan.unchanged().contains(target)) {
      tally.unchanged();
    } else if (item.entry() instanceof Entry.Symlink link) {
      putLink(link, target, into);
    } else {
      putFile(item, item.entry(), target, into);
    }
  }

  private void putDirectory(PondTree.Item item, Entry entry, Path target, Into into)
      throws IOException {
    Optional<DiskEntry> there = into == Into.NEW ? Optional.empty() : disk.stat(target);
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
      put(child, target, there.isEmpty() ? Into.NEW : Into.EXISTING);
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

  private void putLink(Entry.Symlink link, Path target, Into into) throws IOException {
    if (!plan.dryRun()) {
      Made<Path> made =
          temporary(
              target,
              path -> {
                createLink(path, target, link.target());
                return path;
              });
      name(made.path(), target, into, () -> setModified(made.path(), target, link.attributes()));
    }
    tally.symlink(target.toString());
  }

  /** The JDK drops some doubled slashes, which mean no more than one: there one must do. */
  private void createLink(Path path, Path named, String target) throws IOException {
    try {
      disk.createSymbolicLink(path, target);
    } catch (LinkTargetException e) {
      tally.warn(HostText.escaped(named) + ": doubled slashes of the link's target became one");
      disk.createSymbolicLink(path, target.replaceAll("/{2,}", "/"));
    }
  }

  private void putFile(PondTree.Item item, Entry file, Path target, Into into) throws IOException {
    if (!plan.dryRun()) {
      Made<DiskWriter> made = temporary(target, disk::create);
      name(
          made.path(),
          target,
          into,
          () -> {
            try (DiskWriter writer = made.handle();
                InputStream in = root.read(item.path())) {
              for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                writer.write(ByteBuffer.wrap(buffer, 0, read));
                tally.moved(read);
              }
            }
            setModified(made.path(), target, file.attributes());
            disk.setMode(made.path(), file.attributes().mode());
          });
    }
    tally.file(target.toString(), sizeOf(file));
  }

  /** What is computed has a size when it has been read; until then none is counted. */
  private static long sizeOf(Entry file) {
    if (file instanceof Entry.Computed computed) {
      return computed.size().orElse(0);
    }
    return file instanceof Entry.File stored && !stored.type().isDynamic() ? stored.size() : 0;
  }

  /** Something unfinished. */
  private record Made<T>(Path path, T handle) {}

  /** Makes something beside {@code target} under a name that nothing has. */
  private <T> Made<T> temporary(Path target, Maker<T> maker) throws IOException {
    for (; ; ) {
      Path path = target.resolveSibling(TEMPORARY + temporaries++);
      try {
        return new Made<>(path, maker.make(path));
      } catch (FileAlreadyExistsException e) {
        // Left behind by a process of our number, or made by one elsewhere; try the next.
      }
    }
  }

  /** Finishes what stands at {@code temporary} and gives it its name, or removes it. */
  private void name(Path temporary, Path target, Into into, Step finish) throws IOException {
    try {
      finish.run();
      boolean mayBeTaken = into == Into.EXISTING && !plan.overwrite();
      if (mayBeTaken && disk.stat(target).isPresent()) {
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
  private interface Maker<T> {
    T make(Path path) throws IOException;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
