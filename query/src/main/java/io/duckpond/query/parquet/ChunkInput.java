package io.duckpond.query.parquet;

import io.duckpond.journal.disk.DiskReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * The bytes from one place of a file to another, read ahead in large pieces: those of several
 * columns are read by turns, and each piece is checked by blocks of a mebibyte. What the file
 * cannot read is an {@link UncheckedIOException}, which tells it from bytes that make no sense.
 */
final class ChunkInput extends InputStream {
  private static final int BLOCK = 1 << 20;

  private final DiskReader file;
  private final long end;
  private final int ahead;
  private byte[] window = {};
  private long windowStart;
  private long position;

  /**
   * The bytes from {@code start} up to, not including, {@code end}.
   *
   * @param ahead the most bytes to hold
   */
  ChunkInput(DiskReader file, long start, long end, int ahead) {
    this.file = file;
    this.end = end;
    this.ahead = ahead;
    this.windowStart = start;
    this.position = start;
  }

  /** Returns how many bytes are left. */
  long left() {
    return end - position;
  }

  @Override
  public int read() {
    if (left() <= 0) {
      return -1;
    }
    return next() & 0xFF;
  }

  private byte next() {
    if (position >= windowStart + window.length) {
      long stop = Math.min(end, position + ahead);
      long whole = stop / BLOCK * BLOCK;
      byte[] next = new byte[(int) ((stop < end && whole > position ? whole : stop) - position)];
      load(next, 0, position);
      window = next;
      windowStart = position;
    }
    return window[(int) (position++ - windowStart)];
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left() <= 0) {
      return -1;
    }
    int count = (int) Math.min(length, left());
    int held = (int) Math.max(0, windowStart + window.length - position);
    if (held == 0 && count < ahead) {
      into[from] = next();
      return 1;
    }
    if (held > 0) {
      count = Math.min(count, held);
      System.arraycopy(window, (int) (position - windowStart), into, from, count);
    } else {
      load(ByteBuffer.wrap(into, from, count), position);
    }
    position += count;
    return count;
  }

  /** Returns the next {@code length} bytes; fails if there are not so many. */
  byte[] take(int length) throws IOException {
    if (length > left()) {
      throw new EOFException("a page reaches beyond its column");
    }
    return readNBytes(length);
  }

  private void load(byte[] into, int from, long at) {
    load(ByteBuffer.wrap(into, from, into.length - from), at);
  }

  private void load(ByteBuffer into, long at) {
    int start = into.position();
    try {
      while (into.hasRemaining()) {
        if (file.read(into, at + into.position() - start) < 0) {
          throw new EOFException("it ends at byte " + (at + into.position() - start));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
