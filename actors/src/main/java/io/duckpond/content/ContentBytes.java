package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes by position, wherever they are: none of these is kept open for long. */
final class ContentBytes {
  private ContentBytes() {}

  /** Returns those in an array. */
  static DiskReader of(byte[] bytes) {
    return new DiskReader() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public int read(ByteBuffer into, long position) {
        int count = (int) Math.min(into.remaining(), bytes.length - position);
        if (count <= 0) {
          return into.hasRemaining() ? -1 : 0;
        }
        into.put(bytes, (int) position, count);
        return count;
      }

      @Override
      public void close() {
        // an array stays
      }
    };
  }

  /** Returns those that were just written to a file, and are not checked. */
  static DiskReader of(Disk disk, StoredFile file) {
    DiskReader reader = file.open(disk);
    return new DiskReader() {
      @Override
      public long size() {
        return file.size();
      }

      @Override
      public int read(ByteBuffer into, long position) {
        try {
          return reader.read(into, position);
        } catch (IOException e) {
          throw file.failure(e);
        }
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  /** Returns those of a content, each block checked. */
  static DiskReader of(CheckedInput content, long size) {
    return new DiskReader() {
      private final byte[] buffer = new byte[1 << 16];

      @Override
      public long size() {
        return size;
      }

      @Override
      public int read(ByteBuffer into, long position) {
        content.seek(position);
        int count = content.read(buffer, 0, Math.min(buffer.length, into.remaining()));
        into.put(buffer, 0, Math.max(0, count));
        return count;
      }

      @Override
      public void close() throws IOException {
        content.close();
      }
    };
  }
}
