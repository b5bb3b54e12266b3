package io.duckpond.journal.disk;

import io.duckpond.journal.disk.SimulatedFiles.FileNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/** A file of a simulated disk being written; each write is two, as one can end halfway. */
final class SimulatedWriter implements DiskWriter {
  private final SimulatedDisk disk;
  private final Path path;
  private final FileNode node;
  private boolean open = true;
  private long position;

  SimulatedWriter(SimulatedDisk disk, Path path, FileNode node) {
    this.disk = disk;
    this.path = path;
    this.node = node;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    int half = copy.length / 2;
    append(copy, 0, half);
    append(copy, half, copy.length - half);
  }

  private void append(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    synchronized (disk.lock()) {
      disk.count("write", path);
      requireOpen();
      node.append(bytes, offset, length);
      node.modifiedNanos = disk.now();
      position += length;
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void sync() throws IOException {
    synchronized (disk.lock()) {
      disk.count("sync", path);
      requireOpen();
      node.sync();
    }
  }

  private void requireOpen() throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
