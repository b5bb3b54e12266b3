package io.duckpond.host;

import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Reads a host file to its end, wherever that is by then, and counts what it gave. */
final class HostFileInput extends InputStream {
  private final DiskReader reader;
  private final LongConsumer moved;
  private long position;

  /** {@code moved} is told of the bytes of each reading. */
  HostFileInput(DiskReader reader, LongConsumer moved) {
    this.reader = reader;
    this.moved = moved;
  }

  /** Returns how many bytes have been read so far. */
  long position() {
    return position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read = reader.read(ByteBuffer.wrap(into, from, length), position);
    position += Math.max(0, read);
    moved.accept(Math.max(0, read));
    return read;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
