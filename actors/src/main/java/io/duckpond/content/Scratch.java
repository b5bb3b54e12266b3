package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file for bytes that do not stay: written from its start to its end, read anywhere, gone when
 * closed. It lies among the drafts of {@code contents/}, so what a killed process leaves is
 * collected as they are. Nothing of it is ever durable. Any thread.
 */
public final class Scratch implements Closeable {
  private final Disk disk;
  private final ContentFolder.Temporary file;
  private final DiskReader reader;
  private boolean open = true;

  Scratch(Disk disk, ContentFolder folder) throws IOException {
    this.disk = disk;
    this.file = folder.createTemporary();
    this.reader = openReader();
  }

  private DiskReader openReader() throws IOException {
    try {
      return disk.open(file.file());
    } catch (IOException | RuntimeException e) {
      file.writer().close();
      disk.delete(file.file());
      throw e;
    }
  }

  /** Writes all remaining bytes behind those that are there; returns where they begin. */
  public synchronized long append(ByteBuffer bytes) throws IOException {
    long at = file.writer().position();
    file.writer().write(bytes);
    return at;
  }

  /** Fills the buffer's remaining room with the bytes at {@code position}, which must be there. */
  public void read(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = reader.read(into, at);
      if (count < 0) {
        throw new IOException(file.file() + " ends at " + at + ", and somebody has cut it");
      }
      at += count;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (open) {
      open = false;
      reader.close();
      file.writer().close();
      disk.delete(file.file());
    }
  }
}
