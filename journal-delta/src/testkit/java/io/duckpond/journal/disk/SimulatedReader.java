package io.duckpond.journal.disk;

import io.duckpond.journal.disk.SimulatedFiles.FileNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/** A file of a simulated disk being read, whatever becomes of its name meanwhile. */
final class SimulatedReader implements DiskReader {
  private final SimulatedDisk disk;
  private final Path path;
  private final FileNode node;
  private volatile boolean open = true;

  SimulatedReader(SimulatedDisk disk, Path path, FileNode node) {
    this.disk = disk;
    this.path = path;
    this.node = node;
  }

  @Override
  public long size() throws IOException {
    synchronized (disk.lock()) {
      requireOpen("size");
      return node.size();
    }
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    synchronized (disk.lock()) {
      requireOpen("read");
      int length = (int) Math.min(into.remaining(), node.size() - position);
      if (length <= 0) {
        return into.hasRemaining() ? -1 : 0;
      }
      into.put(node.bytes(), (int) position, length);
      return length;
    }
  }

  private void requireOpen(String operation) throws IOException {
    disk.requireAlive(operation, path);
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
