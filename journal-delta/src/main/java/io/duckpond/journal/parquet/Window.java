package io.duckpond.journal.parquet;

import io.duckpond.journal.disk.DiskReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The bytes of a file by position, read in larger pieces where they are small. For one thread. */
final class Window {
  private static final int BYTES = 1 << 16;

  private final DiskReader file;
  private final long size;
  private ByteBuffer held = ByteBuffer.allocate(0);
  private long start;

  Window(DiskReader file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  long size() {
    return size;
  }

  /** Returns bytes that lie within the file; valid until the next call. */
  ByteBuffer read(long position, int length) throws IOException {
    if (position < start || position + length > start + held.limit()) {
      held = ByteBuffer.allocate((int) Math.max(length, Math.min(BYTES, size - position)));
      start = position;
      while (held.hasRemaining()) {
        if (file.read(held, start + held.position()) < 0) {
          throw new EOFException("it ends at byte " + (start + held.position()));
        }
      }
      held.flip();
    }
    return held.slice((int) (position - start), length);
  }

  /** Returns the checksum of bytes that lie within the file. */
  int crc32(long position, long length) throws IOException {
    CRC32 crc = new CRC32();
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(BYTES, length - done);
      crc.update(read(position + done, part));
      done += part;
    }
    return (int) crc.getValue();
  }
}
