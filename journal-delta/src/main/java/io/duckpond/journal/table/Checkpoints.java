package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.engine.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes checkpoints of one table. One gets its name only after it was loaded, as a reader would
 * load it, and found to hold what the version holds.
 */
final class Checkpoints {
  private final Machine machine;
  private final Disk disk;
  private final Path directory;

  Checkpoints(Machine machine, Path directory) {
    this.machine = machine;
    this.disk = machine.disk();
    this.directory = directory;
  }

  /** Writes the checkpoint of a version; a sound one that is there already is left. */
  void write(KernelTable kernel, TableVersion version) throws IOException {
    String name = String.format("%020d.checkpoint.parquet", version.version());
    Path file = LogListing.folder(directory).resolve(name);
    Path temporary = DurableFiles.temporaryFor(machine, file);
    KernelTable.Draft draft = draft(kernel, version.version(), temporary);
    try {
      verify(new Named(disk, temporary, file), draft, version);
      publish(temporary, file, draft, version);
    } catch (IOException | RuntimeException e) {
      DurableFiles.discard(disk, temporary, e);
      throw e;
    }
    kernel.nameLastCheckpoint(draft);
  }

  private KernelTable.Draft draft(KernelTable kernel, long version, Path file) throws IOException {
    try {
      return kernel.draftCheckpoint(version, file);
    } catch (RuntimeException e) {
      // Each checkpoint is made from the one before it, which may have rotted meanwhile.
      KernelTable sound = LoadedTable.newest(machine, directory).kernel();
      try {
        return sound.draftCheckpoint(version, file);
      } catch (RuntimeException again) {
        again.addSuppressed(e);
        throw LoadedTable.unwrapped(directory, again);
      }
    }
  }

  private void verify(Disk from, KernelTable.Draft draft, TableVersion version) throws IOException {
    KernelTable.Loaded read =
        new KernelTable(on(from), directory, version.version(), Set.of())
            .load(Optional.of(version.version()));
    read.requireInventory(directory);
    if (!draft.isSameAs(read) || !read.head().equals(Optional.of(version.head()))) {
      throw new IOException(
          "a checkpoint of version "
              + version.version()
              + " of "
              + directory
              + " does not say what was committed");
    }
  }

  private Machine on(Disk other) {
    return new Machine(other, machine.clock(), machine.random(), machine.threads());
  }

  private void publish(Path temporary, Path file, KernelTable.Draft draft, TableVersion version)
      throws IOException {
    try {
      disk.link(temporary, file);
      disk.delete(temporary);
    } catch (FileAlreadyExistsException e) {
      if (isSound(draft, version)) {
        disk.delete(temporary);
      } else {
        disk.rename(temporary, file);
      }
    }
    disk.syncDirectory(LogListing.folder(directory));
  }

  private boolean isSound(KernelTable.Draft draft, TableVersion version) {
    try {
      verify(disk, draft, version);
      return true;
    } catch (IOException | RuntimeException e) {
      return false; // whatever is wrong with it, ours has just been found right
    }
  }

  /** The disk on which a file has its future name already. */
  private static final class Named extends ForwardingDisk {
    private final Path file;
    private final Path name;

    Named(Disk disk, Path file, Path name) {
      super(disk);
      this.file = file;
      this.name = name;
    }

    private Path actual(Path path) {
      return path.equals(name) ? file : path;
    }

    @Override
    public DiskReader open(Path path) throws IOException {
      return super.open(actual(path));
    }

    @Override
    public Optional<DiskEntry> stat(Path path) throws IOException {
      return super.stat(actual(path));
    }

    @Override
    public List<String> names(Path folder) throws IOException {
      List<String> names = new ArrayList<>(super.names(folder));
      String last = String.valueOf(name.getFileName());
      if (folder.equals(name.getParent()) && !names.contains(last)) {
        names.add(last);
      }
      return names;
    }
  }
}
