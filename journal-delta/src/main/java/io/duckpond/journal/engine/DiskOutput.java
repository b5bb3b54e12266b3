package io.duckpond.journal.engine;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file being written through a buffer, with the digest of all its bytes; a stream for one
 * thread. Nothing is durable before {@link #sync}.
 */
public final class DiskOutput extends PositionOutputStream {
  private static final int BUFFER = 1 << 16;

  private final DiskWriter writer;
  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final MessageDigest tail = Sha256.digest();
  private int digested; // bytes at the buffer's start that the digests know already
  private long tailStart = Long.MAX_VALUE;
  private long position;

  private DiskOutput(DiskWriter writer) {
    this.writer = writer;
  }

  /** Creates {@code file}, which must not exist. */
  public static DiskOutput create(Disk disk, Path file) throws IOException {
    return new DiskOutput(disk.create(file));
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    if (!buffer.hasRemaining()) {
      drain();
    }
    buffer.put((byte) b);
    position++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    position += length;
    if (length > buffer.remaining()) {
      drain();
      if (length > buffer.remaining()) {
        update(bytes, offset, length);
        writer.write(ByteBuffer.wrap(bytes, offset, length));
        return;
      }
    }
    buffer.put(bytes, offset, length);
  }

  private void drain() throws IOException {
    if (buffer.position() == 0) {
      return;
    }
    buffer.flip();
    update(buffer.array(), digested, buffer.limit() - digested);
    digested = 0;
    writer.write(buffer);
    buffer.clear();
  }

  private void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    if (tailStart < Long.MAX_VALUE) {
      tail.update(bytes, offset, length);
    }
  }

  /** Begins the part of the file that has a digest of its own. At most once. */
  void beginTail() {
    update(buffer.array(), digested, buffer.position() - digested);
    digested = buffer.position();
    tailStart = position;
  }

  /** Returns where the tail began. */
  public long tailStart() {
    return tailStart;
  }

  /** Returns the digest of the bytes written since the tail began. */
  public Sha256 tailDigest() {
    return soFar(tail);
  }

  /** Returns the digest of the bytes written so far. */
  public Sha256 digest() {
    return soFar(digest);
  }

  private Sha256 soFar(MessageDigest of) {
    try {
      MessageDigest soFar = (MessageDigest) of.clone();
      soFar.update(buffer.array(), digested, buffer.position() - digested);
      return Sha256.from(soFar.digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  /** Returns once all bytes written so far are durable. Never again after a failure. */
  public void sync() throws IOException {
    drain();
    writer.sync();
  }

  /** Closes the file; what was not synced may be lost. */
  @Override
  public void close() throws IOException {
    writer.close();
  }

  /** Returns this as the target of a Parquet writer, which cannot close it. */
  OutputFile asParquetTarget() {
    return new OutputFile() {
      @Override
      public PositionOutputStream create(long blockSizeHint) {
        return new Unclosed();
      }

      @Override
      public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return new Unclosed();
      }

      @Override
      public boolean supportsBlockSize() {
        return false;
      }

      @Override
      public long defaultBlockSize() {
        return 0;
      }
    };
  }

  /** Parquet's writer closes its stream before anybody could sync it. */
  private final class Unclosed extends PositionOutputStream {
    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      DiskOutput.this.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      DiskOutput.this.write(bytes, offset, length);
    }

    @Override
    public void close() {}
  }
}
