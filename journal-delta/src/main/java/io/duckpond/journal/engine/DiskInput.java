package io.duckpond.journal.engine;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * An open file, read through a window: the first read near the end of a file brings its whole tail,
 * which holds what Parquet asks for first (footer, indexes, bloom filters), or all of a small file.
 */
public final class DiskInput implements InputFile {
  /** A file of up to this many bytes is read in one piece. */
  public static final int WINDOW = 1 << 16;

  private final DiskReader reader;
  private final Path file;
  private final long length;
  private final Stream stream;
  private Optional<IOException> failure = Optional.empty();

  private DiskInput(DiskReader reader, Path file, long length) {
    this.reader = reader;
    this.file = file;
    this.length = length;
    this.stream = new Stream();
  }

  /** Opens {@code file}; closing its stream closes it. */
  public static DiskInput open(Disk disk, Path file) throws IOException {
    DiskReader reader = disk.open(file);
    try {
      return new DiskInput(reader, file, reader.size());
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public long getLength() {
    return length;
  }

  /** Returns the one stream of this file, whose window is shared by all who read it. */
  @Override
  public Stream newStream() {
    return stream;
  }

  /** Returns the digest of all bytes from {@code start} on. */
  public Sha256 digestFrom(long start) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] bytes = new byte[(int) Math.min(WINDOW, Math.max(1, length - start))];
    stream.seek(start);
    for (int read = stream.read(bytes, 0, bytes.length);
        read >= 0;
        read = stream.read(bytes, 0, bytes.length)) {
      digest.update(bytes, 0, read);
    }
    return Sha256.from(digest.digest());
  }

  /**
   * Returns the exception with which the disk refused to read, if it did: it tells a disk that
   * fails from bytes that make no sense.
   */
  public Optional<IOException> failure() {
    return failure;
  }

  /** Closes the file. */
  public void close() throws IOException {
    reader.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private int readAt(ByteBuffer into, long position) throws IOException {
    try {
      return reader.read(into, position);
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  /** The bytes of the file. For one thread. */
  public final class Stream extends SeekableInputStream {
    private final ByteBuffer window =
        ByteBuffer.allocate((int) Math.min(WINDOW, Math.max(length, 1))).limit(0);
    private long windowStart;
    private long position;

    private Stream() {}

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void seek(long newPosition) {
      position = newPosition;
    }

    @Override
    public int read() throws IOException {
      if (!ensureWindow()) {
        return -1;
      }
      return window.get((int) (position++ - windowStart)) & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      return count == 0 ? 0 : read(ByteBuffer.wrap(into, offset, count));
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (into.remaining() >= WINDOW && !inWindow()) {
        int read = readAt(into, position);
        position += Math.max(read, 0);
        return read;
      }
      if (!ensureWindow()) {
        return -1;
      }
      int at = (int) (position - windowStart);
      int count = Math.min(into.remaining(), window.limit() - at);
      into.put(window.duplicate().position(at).limit(at + count));
      position += count;
      return count;
    }

    @Override
    public void readFully(byte[] into) throws IOException {
      readFully(ByteBuffer.wrap(into));
    }

    @Override
    public void readFully(byte[] into, int offset, int count) throws IOException {
      readFully(ByteBuffer.wrap(into, offset, count));
    }

    @Override
    public void readFully(ByteBuffer into) throws IOException {
      while (into.hasRemaining()) {
        if (read(into) < 0) {
          throw new EOFException(file + " ends at byte " + position);
        }
      }
    }

    private boolean inWindow() {
      return position >= windowStart && position < windowStart + window.limit();
    }

    private boolean ensureWindow() throws IOException {
      if (inWindow()) {
        return true;
      }
      if (position < 0 || position >= length) {
        return false;
      }
      windowStart = Math.max(0, Math.min(position, length - WINDOW));
      window.clear();
      while (window.hasRemaining() && readAt(window, windowStart + window.position()) > 0) {
        // until it is full, or the file ends
      }
      window.flip();
      return inWindow();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
