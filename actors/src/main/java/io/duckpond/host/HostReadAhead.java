package io.duckpond.host;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWork;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Reads the small files of a scanned tree on another thread, ahead of the one thread that takes
 * them in the tree's order.
 */
final class HostReadAhead implements AutoCloseable {
  /** Files of fewer bytes are small. */
  static final int WHOLE = 1 << 18;

  /** So much memory is bounded. */
  private static final int FILES = 32;

  private final Disk disk;
  private final Machine.Threads threads;
  private final ExecutorService reader;
  private final byte[] buffer = new byte[WHOLE];
  private final Deque<Iterator<HostNode.Named>> directories = new ArrayDeque<>();
  private final Deque<Path> paths = new ArrayDeque<>();
  private final Deque<Ahead> ahead = new ArrayDeque<>();

  /** A file that is being read; empty bytes if it is not small any more. */
  private record Ahead(Path file, DiskWork<Optional<byte[]>> bytes) {}

  HostReadAhead(Disk disk) {
    this.disk = disk;
    this.threads = Machine.with(disk).threads();
    this.reader = threads.pool("pond-copy", 1);
  }

  /** Starts reading what is at and below {@code host}; all before has been taken. */
  void start(Path host, HostNode.Named named) {
    ahead.clear();
    directories.clear();
    paths.clear();
    directories.push(List.of(named).iterator());
    paths.push(host);
    fill();
  }

  private void fill() {
    while (ahead.size() < FILES && !directories.isEmpty()) {
      Iterator<HostNode.Named> directory = directories.peek();
      if (!directory.hasNext()) {
        directories.pop();
        paths.pop();
        continue;
      }
      HostNode.Named child = directory.next();
      // The first of all has a path that may end with another name.
      Path path =
          directories.size() == 1 ? paths.element() : paths.element().resolve(child.name().value());
      if (child.node() instanceof HostNode.Directory inner) {
        directories.push(inner.children().iterator());
        paths.push(path);
      } else if (child.node() instanceof HostNode.File file && file.size() < WHOLE) {
        ahead.add(new Ahead(path, DiskWork.start(threads, reader, () -> read(path))));
      }
    }
  }

  private Optional<byte[]> read(Path file) throws IOException {
    try (HostFileInput in = new HostFileInput(disk.open(file), moved -> {})) {
      int read = in.readNBytes(buffer, 0, WHOLE);
      return read < WHOLE ? Optional.of(Arrays.copyOf(buffer, read)) : Optional.empty();
    }
  }

  /**
   * Returns the bytes of a small file, the next in order; empty if it has grown beyond that. Throws
   * what reading it does.
   */
  Optional<byte[]> take(Path file) throws IOException {
    Ahead next = ahead.remove();
    if (!next.file().equals(file)) {
      throw new IllegalStateException("read ahead " + next.file() + ", not " + file);
    }
    fill();
    return next.bytes().await();
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
