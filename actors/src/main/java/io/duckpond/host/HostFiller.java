package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.host.HostMaker.Into;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts nodes of a pond onto the host. Directories get their modes and times at the end, each after
 * those in it.
 */
final class HostFiller implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  /** Files of so many bytes at most are read whole, and written by others meanwhile. */
  private static final int WHOLE = 1 << 20;

  private final Disk disk;
  private final WorkingDirectory root;
  private final PondTree tree;
  private final Plan plan;
  private final Tally tally;
  private final HostMaker maker;
  private final HostWriters writers;
  private final byte[] buffer = new byte[BUFFER];

  /** Directories that are filled, each after those in it. */
  private final List<Filled> filled = new ArrayList<>();

  /**
   * What was decided before the first change.
   *
   * @param unchanged files and links that are the same already
   */
  record Plan(Set<Path> unchanged, boolean overwrite, boolean dryRun) {}

  private record Filled(Path directory, Attributes attributes) {}

  HostFiller(Disk disk, WorkingDirectory root, PondTree tree, Plan plan, Tally tally) {
    this.disk = disk;
    this.maker = new HostMaker(disk, plan.overwrite(), tally::warn);
    this.writers = new HostWriters(Machine.with(disk).threads());
    this.root = root;
    this.tree = tree;
    this.plan = plan;
    this.tally = tally;
  }

  /**
   * Puts one node and all below it into a directory that was there before. It is all there after
   * {@link #finish}.
   */
  void put(PondTree.Item item, Path directory) throws IOException {
    put(item, directory, Into.EXISTING);
  }

  /** Completes what was put. */
  void finish() throws IOException {
    writers.await();
    for (Filled each : filled) {
      finish(each.directory(), each.attributes());
    }
    filled.clear();
  }

  /** Returns once no file is being written any more. */
  @Override
  public void close() {
    writers.close();
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
      filled.add(new Filled(target, entry.attributes()));
    }
  }

  private void finish(Path directory, Attributes attributes) throws IOException {
    Optional<DiskEntry> now = disk.stat(directory);
    if (now.isEmpty() || now.get().kind() != DiskEntry.Kind.DIRECTORY) {
      throw new NotDirectoryException(directory.toString());
    }
    if (!has(now.get(), attributes)) {
      maker.setModified(directory, directory, attributes);
      disk.setMode(directory, attributes.mode());
    }
  }

  private static boolean has(DiskEntry there, Attributes wanted) {
    return there.mode() == wanted.mode() && there.modifiedNanos() == wanted.modifiedNanos();
  }

  private void putLink(Entry.Symlink link, Path target, Into into) throws IOException {
    if (!plan.dryRun()) {
      writers.add(() -> maker.link(link, target, into));
    }
    tally.symlink(target.toString());
  }

  private void putFile(PondTree.Item item, Entry file, Path target, Into into) throws IOException {
    if (!plan.dryRun()) {
      try (InputStream in = root.read(item.path())) {
        if (isSmall(file)) {
          byte[] bytes = in.readAllBytes();
          tally.moved(bytes.length);
          HostMaker.Content content = writer -> writer.write(ByteBuffer.wrap(bytes));
          writers.add(() -> maker.file(file, content, target, into));
        } else {
          maker.file(file, writer -> copy(in, writer), target, into);
        }
      }
    }
    tally.file(target.toString(), sizeOf(file));
  }

  private void copy(InputStream in, DiskWriter writer) throws IOException {
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      writer.write(ByteBuffer.wrap(buffer, 0, read));
      tally.moved(read);
    }
  }

  private static boolean isSmall(Entry entry) {
    return entry instanceof Entry.File file && !file.type().isDynamic() && file.size() <= WHOLE;
  }

  /** What is computed has a size when it has been read; until then none is counted. */
  private static long sizeOf(Entry file) {
    if (file instanceof Entry.Computed computed) {
      return computed.size().orElse(0);
    }
    return file instanceof Entry.File stored && !stored.type().isDynamic() ? stored.size() : 0;
  }
}
