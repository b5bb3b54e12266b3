package io.duckpond.harness;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskLock;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk in memory that loses nothing, and that can be copied at the price of its names: a test
 * makes a table once and then damages a copy of it a thousand times. Any thread.
 */
public final class MemoryDisk implements Disk {
  private static final byte[] NO_BYTES = {};

  private final NavigableMap<Path, Node> nodes = new TreeMap<>();
  private final Set<Path> locked = new HashSet<>();
  private long ticks;

  /** What stands at a path. */
  private record Node(DiskEntry.Kind kind, Content content, int mode, long modifiedNanos) {
    Node with(int newMode, long newModified) {
      return new Node(kind, content, newMode, newModified);
    }
  }

  /** The bytes of a file, shared by all of its names and, once written, by all copies. */
  private static final class Content {
    private byte[] bytes;
    private int size;

    Content(byte[] bytes) {
      this.bytes = bytes;
      this.size = bytes.length;
    }

    synchronized void append(ByteBuffer more) {
      int count = more.remaining();
      if (size + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(size + count, bytes.length * 2));
      }
      more.get(bytes, size, count);
      size += count;
    }

    synchronized int read(ByteBuffer into, long position) {
      if (position >= size) {
        return into.hasRemaining() ? -1 : 0;
      }
      int count = (int) Math.min(into.remaining(), size - position);
      into.put(bytes, (int) position, count);
      return count;
    }

    synchronized byte[] copy() {
      return Arrays.copyOf(bytes, size);
    }

    synchronized int size() {
      return size;
    }
  }

  /** An empty disk, with nothing but the root directory. */
  public MemoryDisk() {
    nodes.put(Path.of("/"), node(DiskEntry.Kind.DIRECTORY, NO_BYTES, 0700));
  }

  /** Returns a disk of its own with the same files; no file may be open for writing. */
  public synchronized MemoryDisk copy() {
    MemoryDisk copy = new MemoryDisk();
    copy.nodes.putAll(nodes);
    copy.ticks = ticks;
    return copy;
  }

  /** Returns every regular file, in the order of their paths. */
  public synchronized List<Path> files() {
    return nodes.entrySet().stream()
        .filter(node -> node.getValue().kind() == DiskEntry.Kind.FILE)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns every regular file with a digest of its bytes: equal if nothing has changed. */
  public synchronized Map<Path, Sha256> digests() throws NoSuchFileException {
    Map<Path, Sha256> digests = new TreeMap<>();
    for (Path file : files()) {
      digests.put(file, Sha256.of(bytes(file)));
    }
    return digests;
  }

  /** Returns the bytes of a file. */
  public synchronized byte[] bytes(Path file) throws NoSuchFileException {
    return there(file).content().copy();
  }

  /** Returns whether a file is there with the same bytes as on {@code other}, where it is, too. */
  public boolean hasSame(Path file, MemoryDisk other) {
    Optional<Content> ours = content(file);
    Optional<Content> theirs = other.content(file);
    return ours.isPresent()
        && theirs.isPresent()
        && (ours.get() == theirs.get() || Arrays.equals(ours.get().copy(), theirs.get().copy()));
  }

  private synchronized Optional<Content> content(Path file) {
    return Optional.ofNullable(nodes.get(file)).map(Node::content);
  }

  /** Puts a file of these bytes there, whatever was there before. */
  public synchronized void put(Path file, byte[] bytes) {
    nodes.put(file, node(DiskEntry.Kind.FILE, bytes.clone(), 0600));
  }

  private Node node(DiskEntry.Kind kind, byte[] bytes, int mode) {
    return new Node(kind, new Content(bytes), mode, ++ticks);
  }

  private Node there(Path path) throws NoSuchFileException {
    Node node = nodes.get(path);
    if (node == null) {
      throw new NoSuchFileException(path.toString());
    }
    return node;
  }

  private void add(Path path, Node node) throws FileSystemException {
    Path parent = path.getParent();
    if (parent == null || there(parent).kind() != DiskEntry.Kind.DIRECTORY) {
      throw new FileSystemException(path.toString(), null, "Not a directory");
    }
    if (nodes.putIfAbsent(path, node) != null) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  @Override
  public synchronized DiskWriter create(Path file) throws FileSystemException {
    Node node = node(DiskEntry.Kind.FILE, NO_BYTES, 0600);
    add(file, node);
    return new DiskWriter() {
      @Override
      public void write(ByteBuffer bytes) {
        node.content().append(bytes);
      }

      @Override
      public long position() {
        return node.content().size();
      }

      @Override
      public void sync() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public synchronized DiskReader open(Path file) throws FileSystemException {
    Node node = there(file);
    if (node.kind() != DiskEntry.Kind.FILE) {
      throw new FileSystemException(file.toString(), null, "Is a directory");
    }
    return new DiskReader() {
      @Override
      public long size() {
        return node.content().size();
      }

      @Override
      public int read(ByteBuffer into, long position) {
        return node.content().read(into, position);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public synchronized void link(Path existing, Path name) throws FileSystemException {
    add(name, there(existing));
  }

  @Override
  public synchronized void rename(Path from, Path to) throws FileSystemException {
    NavigableMap<Path, Node> moved = new TreeMap<>(Map.of(from, there(from)));
    for (Map.Entry<Path, Node> node : nodes.tailMap(from, /* inclusive= */ false).entrySet()) {
      if (!node.getKey().startsWith(from)) {
        break;
      }
      moved.put(node.getKey(), node.getValue());
    }
    nodes.keySet().removeAll(moved.keySet());
    moved.forEach((path, node) -> nodes.put(to.resolve(from.relativize(path)), node));
  }

  @Override
  public synchronized void delete(Path path) throws FileSystemException {
    if (there(path).kind() == DiskEntry.Kind.DIRECTORY && !children(path).isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    nodes.remove(path);
  }

  @Override
  public synchronized void createDirectory(Path directory) throws FileSystemException {
    add(directory, node(DiskEntry.Kind.DIRECTORY, NO_BYTES, 0700));
  }

  @Override
  public void createSymbolicLink(Path link, String target) {
    throw new UnsupportedOperationException("no links here");
  }

  @Override
  public String readSymbolicLink(Path link) {
    throw new UnsupportedOperationException("no links here");
  }

  @Override
  public void syncDirectory(Path directory) {}

  private List<Path> children(Path directory) {
    List<Path> children = new ArrayList<>();
    for (Path path : nodes.tailMap(directory, /* inclusive= */ false).keySet()) {
      if (!path.startsWith(directory)) {
        break;
      }
      if (directory.equals(path.getParent())) {
        children.add(path);
      }
    }
    return children;
  }

  @Override
  public synchronized List<DiskEntry> list(Path directory) throws FileSystemException {
    there(directory);
    List<DiskEntry> entries = new ArrayList<>();
    for (Path path : children(directory)) {
      entries.add(entry(path, there(path)));
    }
    return entries;
  }

  @Override
  public synchronized Optional<DiskEntry> stat(Path path) {
    return Optional.ofNullable(nodes.get(path)).map(node -> entry(path, node));
  }

  private static DiskEntry entry(Path path, Node node) {
    return new DiskEntry(
        String.valueOf(path.getFileName()),
        node.kind(),
        node.content().size(),
        node.mode(),
        node.modifiedNanos(),
        "");
  }

  @Override
  public synchronized void setMode(Path path, int mode) throws FileSystemException {
    Node node = there(path);
    nodes.put(path, node.with(mode, node.modifiedNanos()));
  }

  @Override
  public synchronized void setModified(Path path, long modifiedNanos) throws FileSystemException {
    Node node = there(path);
    nodes.put(path, node.with(node.mode(), modifiedNanos));
  }

  @Override
  public synchronized Optional<DiskLock> tryLock(Path file) {
    nodes.putIfAbsent(file, node(DiskEntry.Kind.FILE, NO_BYTES, 0600));
    return locked.add(file) ? Optional.of(() -> unlock(file)) : Optional.empty();
  }

  @Override
  public synchronized boolean isLocked(Path file) {
    return locked.contains(file);
  }

  private synchronized void unlock(Path file) {
    locked.remove(file);
  }
}
