package io.duckpond.journal.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.SimulatedFiles.DirectoryNode;
import io.duckpond.journal.disk.SimulatedFiles.FileNode;
import io.duckpond.journal.disk.SimulatedFiles.Inode;
import io.duckpond.journal.disk.SimulatedFiles.LinkNode;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that can lose its power, as one process sees it.
 *
 * <p>Bytes of a file are durable once that file was synced, names once their directory was; a new
 * directory's own name needs a sync of its parent. A power cut spares any part of the rest; a kill
 * loses nothing but the process, its open files and locks. Both leave this disk as it is and return
 * the one that the next process finds, so one run can be cut at each of its operations:
 *
 * <pre>{@code
 * disk.beforeEach((operation, path) -> check(disk.afterPowerCut(random)));
 * }</pre>
 *
 * <p>Modes are kept, not enforced. Only operations that change or sync something are counted,
 * because a crash before any other leaves the same as one before the next of these. A write counts
 * twice: it can end halfway. Safe for many threads; no two operations run at once.
 */
public final class SimulatedDisk implements Disk {
  private final SimulatedFiles files;
  private final SimulatedPaths paths;
  private final Map<Inode, SimulatedDisk> locks;
  private final Clock clock;
  private Hook hook = (operation, path) -> {};
  private long operations;
  private long limit = Long.MAX_VALUE;
  private boolean ended;

  /** Learns of an operation that is about to happen. */
  @FunctionalInterface
  public interface Hook {
    /**
     * Called before an operation that changes or syncs something.
     *
     * @param operation one of {@code create write sync link rename delete mkdir symlink chmod utime
     *     lock}
     * @param path of two paths, the one that comes to be
     */
    void before(String operation, Path path);
  }

  /** What every operation of a process throws once it was killed or lost its power. */
  public static final class ProcessEnded extends Error {
    private static final long serialVersionUID = 1;

    private ProcessEnded(String operation, Path path) {
      super("the simulated process ended before: " + operation + " " + path);
    }
  }

  /** An empty disk whose files have the times of {@code clock}. */
  public SimulatedDisk(Clock clock) {
    this(new SimulatedFiles(nanos(clock.instant())), new HashMap<>(), clock);
  }

  /** An empty disk on which it is always the same time. */
  public SimulatedDisk() {
    this(Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC));
  }

  private SimulatedDisk(SimulatedFiles files, Map<Inode, SimulatedDisk> locks, Clock clock) {
    this.files = files;
    this.paths = new SimulatedPaths(files.root);
    this.locks = locks;
    this.clock = clock;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }

  /** Guards all that this disk and its open files are made of. */
  Object lock() {
    return files;
  }

  long now() {
    return nanos(clock.instant());
  }

  /** Calls {@code newHook} before each counted operation, with the disk as it is before it. */
  public void beforeEach(Hook newHook) {
    synchronized (files) {
      hook = newHook;
    }
  }

  /** Returns how many operations of this process have changed or synced something. */
  public long operations() {
    synchronized (files) {
      return operations;
    }
  }

  /** Ends the process after {@code more} more counted operations: all later calls throw. */
  public void cutAfter(long more) {
    synchronized (files) {
      limit = operations + more;
    }
  }

  /** Returns whether {@link #cutAfter} or {@link #kill} has ended the process. */
  public boolean ended() {
    synchronized (files) {
      return ended;
    }
  }

  /** Ends the process, and with it its locks; others on this disk go on. */
  public void kill() {
    synchronized (files) {
      ended = true;
      locks.values().removeIf(holder -> holder == this);
    }
  }

  /** Returns this disk as another process sees it meanwhile. */
  public SimulatedDisk anotherProcess() {
    return new SimulatedDisk(files, locks, clock);
  }

  /** Returns the disk that is found when the power is back. */
  public SimulatedDisk afterPowerCut(RandomGenerator random) {
    synchronized (files) {
      return new SimulatedDisk(files.survivors(new PowerCut(random)), new HashMap<>(), clock);
    }
  }

  /** Returns the disk that is found when every process on it was killed. */
  public SimulatedDisk afterKill() {
    synchronized (files) {
      return new SimulatedDisk(files.copy(), new HashMap<>(), clock);
    }
  }

  /** Fails if the process has ended; under the {@link #lock}. */
  void requireAlive(String operation, Path path) {
    if (ended) {
      throw new ProcessEnded(operation, path);
    }
  }

  /** Goes before each operation that changes or syncs something; under the {@link #lock}. */
  void count(String operation, Path path) {
    requireAlive(operation, path);
    hook.before(operation, path);
    if (operations == limit) {
      kill();
    }
    requireAlive(operation, path);
    operations++;
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    synchronized (files) {
      count("create", file);
      SimulatedPaths.Place place = paths.vacant(file);
      FileNode node = new FileNode(files.nextInode(), now());
      place.directory().change(place.name(), Optional.of(node), Optional.empty(), now());
      return new SimulatedWriter(this, file, node);
    }
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    synchronized (files) {
      requireAlive("open", file);
      if (paths.find(file, true) instanceof FileNode node) {
        return new SimulatedReader(this, file, node);
      }
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    synchronized (files) {
      count("link", name);
      Inode node = paths.find(existing, false);
      if (node instanceof DirectoryNode) {
        throw new FileSystemException(
            name.toString(), existing.toString(), "Operation not permitted");
      }
      SimulatedPaths.Place place = paths.vacant(name);
      place.directory().change(place.name(), Optional.of(node), Optional.empty(), now());
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    synchronized (files) {
      count("rename", to);
      Inode node = paths.find(from, false);
      SimulatedPaths.Place source = paths.place(from);
      SimulatedPaths.Place target = paths.place(to);
      Inode replaced = target.directory().names.get(target.name());
      if (replaced == node) {
        return; // two names of one file: POSIX leaves both
      }
      requireReplaceable(node, replaced, from, to);
      var put =
          target.directory().change(target.name(), Optional.of(node), Optional.empty(), now());
      source.directory().change(source.name(), Optional.empty(), Optional.of(put), now());
      if (node instanceof DirectoryNode directory) {
        directory.parent = target.directory();
      }
    }
  }

  private static void requireReplaceable(Inode node, @Nullable Inode replaced, Path from, Path to)
      throws FileSystemException {
    if (node instanceof DirectoryNode && to.startsWith(from)) {
      throw new FileSystemException(from.toString(), to.toString(), "Invalid argument");
    }
    if (replaced instanceof DirectoryNode directory) {
      if (!(node instanceof DirectoryNode)) {
        throw new FileSystemException(from.toString(), to.toString(), "Is a directory");
      }
      if (!directory.names.isEmpty()) {
        throw new FileSystemException(from.toString(), to.toString(), "Directory not empty");
      }
    } else if (replaced != null && node instanceof DirectoryNode) {
      throw new FileSystemException(from.toString(), to.toString(), "Not a directory");
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    synchronized (files) {
      count("delete", path);
      if (paths.find(path, false) instanceof DirectoryNode directory
          && !directory.names.isEmpty()) {
        throw new DirectoryNotEmptyException(path.toString());
      }
      SimulatedPaths.Place place = paths.place(path);
      place.directory().change(place.name(), Optional.empty(), Optional.empty(), now());
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    synchronized (files) {
      count("mkdir", directory);
      SimulatedPaths.Place place = paths.vacant(directory);
      DirectoryNode node =
          new DirectoryNode(files.nextInode(), now(), Optional.of(place.directory()));
      place.directory().change(place.name(), Optional.of(node), Optional.empty(), now());
    }
  }

  @Override
  public void createSymbolicLink(Path link, String target) throws IOException {
    synchronized (files) {
      count("symlink", link);
      if (target.isEmpty() || target.indexOf('\0') >= 0) {
        throw new FileSystemException(link.toString(), target, "not a link target");
      }
      SimulatedPaths.Place place = paths.vacant(link);
      LinkNode node = new LinkNode(files.nextInode(), now(), target, target.getBytes(UTF_8).length);
      place.directory().change(place.name(), Optional.of(node), Optional.empty(), now());
    }
  }

  @Override
  public String readSymbolicLink(Path link) throws IOException {
    synchronized (files) {
      requireAlive("readlink", link);
      if (paths.find(link, false) instanceof LinkNode node) {
        return node.target;
      }
      throw new NotLinkException(link.toString());
    }
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    synchronized (files) {
      count("sync", directory);
      paths.directory(directory).sync();
    }
  }

  @Override
  public List<DiskEntry> list(Path directory) throws IOException {
    synchronized (files) {
      requireAlive("list", directory);
      List<DiskEntry> entries = new ArrayList<>();
      paths.directory(directory).names.forEach((name, node) -> entries.add(entry(name, node)));
      return entries;
    }
  }

  @Override
  public List<String> names(Path directory) throws IOException {
    synchronized (files) {
      requireAlive("list", directory);
      return List.copyOf(paths.directory(directory).names.keySet());
    }
  }

  @Override
  public Optional<DiskEntry> stat(Path path) throws IOException {
    synchronized (files) {
      requireAlive("stat", path);
      Path last = path.getFileName();
      try {
        return Optional.of(entry(last == null ? "" : last.toString(), paths.find(path, false)));
      } catch (NoSuchFileException | NotDirectoryException e) {
        return Optional.empty();
      }
    }
  }

  private static DiskEntry entry(String name, Inode node) {
    return new DiskEntry(
        name, node.kind(), node.size(), node.mode, node.modifiedNanos, "1:" + node.number);
  }

  @Override
  public void setMode(Path path, int mode) throws IOException {
    synchronized (files) {
      count("chmod", path);
      Inode node = paths.find(path, false);
      if (node instanceof LinkNode) {
        throw new FileSystemException(path.toString(), null, "a symbolic link has no mode");
      }
      node.mode = mode & 0777;
    }
  }

  @Override
  public void setModified(Path path, long modifiedNanos) throws IOException {
    synchronized (files) {
      count("utime", path);
      paths.find(path, false).modifiedNanos = modifiedNanos;
    }
  }

  @Override
  public Optional<DiskLock> tryLock(Path file) throws IOException {
    synchronized (files) {
      count("lock", file);
      SimulatedPaths.Place place = paths.place(file);
      Inode node = place.directory().names.get(place.name());
      if (node == null) {
        node = new FileNode(files.nextInode(), now());
        place.directory().change(place.name(), Optional.of(node), Optional.empty(), now());
      }
      if (locks.putIfAbsent(node, this) != null) {
        return Optional.empty();
      }
      Inode held = node;
      return Optional.of(() -> release(held));
    }
  }

  @Override
  public boolean isLocked(Path file) throws IOException {
    try {
      synchronized (files) {
        count("stat", file);
        SimulatedPaths.Place place = paths.place(file);
        Inode node = place.directory().names.get(place.name());
        return node != null && locks.containsKey(node);
      }
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void release(Inode held) {
    synchronized (files) {
      locks.remove(held, this);
    }
  }
}
