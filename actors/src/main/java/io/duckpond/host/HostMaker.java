package io.duckpond.host;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.LinkTargetException;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Makes files and links on the host: under another name in the same directory, which becomes theirs
 * when they are whole. Any thread.
 */
final class HostMaker {
  /** How the names of unfinished files begin. */
  static final String TEMPORARY = ".pond-copy-" + ProcessHandle.current().pid() + "-";

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Disk disk;
  private final boolean overwrite;
  private final Consumer<String> warnings;
  private final AtomicLong temporaries = new AtomicLong();

  /** Makes nodes that may replace what has their names if {@code overwrite}. */
  HostMaker(Disk disk, boolean overwrite, Consumer<String> warnings) {
    this.disk = disk;
    this.overwrite = overwrite;
    this.warnings = warnings;
  }

  /** Whose the directory is that gets something. */
  enum Into {
    /** It was there before, and anything may be in it. */
    EXISTING,
    /** It was made here: nothing is in it but what was put there, under names told apart. */
    NEW
  }

  /** Writes the bytes of a file. */
  @FunctionalInterface
  interface Content {
    void to(DiskWriter writer) throws IOException;
  }

  /** Makes a file with the attributes of {@code entry}. */
  void file(Entry entry, Content content, Path target, Into into) throws IOException {
    Made<DiskWriter> made = temporary(target, disk::create);
    name(
        made.path(),
        target,
        into,
        () -> {
          try (DiskWriter writer = made.handle()) {
            content.to(writer);
          }
          setModified(made.path(), target, entry.attributes());
          disk.setMode(made.path(), entry.attributes().mode());
        });
  }

  /** Makes a symbolic link. */
  void link(Entry.Symlink link, Path target, Into into) throws IOException {
    Made<Path> made =
        temporary(
            target,
            path -> {
              create(path, target, link.target());
              return path;
            });
    name(made.path(), target, into, () -> setModified(made.path(), target, link.attributes()));
  }

  /** The JDK drops some doubled slashes, which mean no more than one: there one must do. */
  private void create(Path path, Path named, String target) throws IOException {
    try {
      disk.createSymbolicLink(path, target);
    } catch (LinkTargetException e) {
      warnings.accept(
          HostText.escaped(named) + ": doubled slashes of the link's target became one");
      disk.createSymbolicLink(path, target.replaceAll("/{2,}", "/"));
    }
  }

  /**
   * Sets the modification time of what stands at {@code path} and will be {@code target}. The JDK
   * cannot set fractions of a second before 1970: there the second must do.
   */
  void setModified(Path path, Path target, Attributes attributes) throws IOException {
    long nanos = attributes.modifiedNanos();
    long fraction = nanos < 0 ? Math.floorMod(nanos, NANOS_PER_SECOND) : 0;
    if (fraction != 0) {
      warnings.accept(HostText.escaped(target) + ": modified before 1970, kept to the second");
    }
    disk.setModified(path, nanos - fraction);
  }

  /** Something unfinished. */
  private record Made<T>(Path path, T handle) {}

  /** Makes something beside {@code target} under a name that nothing has. */
  private <T> Made<T> temporary(Path target, Maker<T> maker) throws IOException {
    for (; ; ) {
      Path path = target.resolveSibling(TEMPORARY + temporaries.getAndIncrement());
      try {
        return new Made<>(path, maker.make(path));
      } catch (FileAlreadyExistsException e) {
        // Left behind by a process of our number, or made by one elsewhere; try the next.
      }
    }
  }

  /** Finishes what stands at {@code temporary} and gives it its name, or removes it. */
  private void name(Path temporary, Path target, Into into, HostWriters.Step finish)
      throws IOException {
    try {
      finish.run();
      boolean mayBeTaken = into == Into.EXISTING && !overwrite;
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
}
