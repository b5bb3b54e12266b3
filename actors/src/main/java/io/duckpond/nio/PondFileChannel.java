package io.duckpond.nio;

import io.duckpond.node.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.util.Objects;
import java.util.Optional;

/**
 * A channel to a file. One that only reads has the version that was the newest when it was opened,
 * whatever becomes of the file. What one writes is its own until it is closed, or forced, and then
 * the file's next version, durable; if nothing was written there is none. Any thread.
 */
final class PondFileChannel extends FileChannel {
  private static final int TRANSFER = 1 << 16;

  private final PondFileSystem fileSystem;
  private final OpenMode mode;
  private final Bytes bytes;

  /** Of one that writes: the same bytes, and where they go. */
  private final Optional<Written> written;

  private final Object lock = new Object();
  private long position;
  private boolean changed;

  /** What a channel writes. */
  record Written(EditedContent content, OpenFile file) {}

  private PondFileChannel(
      PondFileSystem fileSystem, OpenMode mode, Bytes bytes, Optional<Written> written) {
    this.fileSystem = fileSystem;
    this.mode = mode;
    this.bytes = bytes;
    this.written = written;
  }

  static PondFileChannel reading(PondFileSystem fileSystem, OpenMode mode, Bytes bytes) {
    return new PondFileChannel(fileSystem, mode, bytes, Optional.empty());
  }

  /** A channel to change {@code content}; {@code cut} says whether that was longer before. */
  static PondFileChannel writing(
      PondFileSystem fileSystem, OpenMode mode, Written written, boolean cut) {
    PondFileChannel channel =
        new PondFileChannel(fileSystem, mode, written.content(), Optional.of(written));
    channel.changed = cut;
    return channel;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    if (!fileSystem.isOpen()) {
      throw new ClosedFileSystemException();
    }
  }

  private void requireReading() throws ClosedChannelException {
    requireOpen();
    if (!mode.reads()) {
      throw new NonReadableChannelException();
    }
  }

  private Written requireWriting() throws ClosedChannelException {
    requireOpen();
    return written.orElseThrow(NonWritableChannelException::new);
  }

  private static void requireNotNegative(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("negative: " + number);
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    synchronized (lock) {
      int count = read(into, position);
      position += Math.max(0, count);
      return count;
    }
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    synchronized (lock) {
      Objects.checkFromIndexSize(offset, length, into.length);
      requireReading();
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        while (into[i].hasRemaining()) {
          int count = read(into[i]);
          if (count < 0) {
            return total == 0 ? -1 : total;
          }
          total += count;
        }
      }
      return total;
    }
  }

  @Override
  public int read(ByteBuffer into, long at) throws IOException {
    requireNotNegative(at);
    requireReading();
    if (written.isEmpty()) {
      return bytes.read(into, at);
    }
    synchronized (lock) {
      return bytes.read(into, at);
    }
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    synchronized (lock) {
      EditedContent content = requireWriting().content();
      if (mode.appends()) {
        position = content.size();
      }
      int count = write(content, from, position);
      position += count;
      return count;
    }
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    synchronized (lock) {
      Objects.checkFromIndexSize(offset, length, from.length);
      requireWriting();
      long total = 0;
      for (int i = offset; i < offset + length; i++) {
        total += write(from[i]);
      }
      return total;
    }
  }

  @Override
  public int write(ByteBuffer from, long at) throws IOException {
    requireNotNegative(at);
    synchronized (lock) {
      EditedContent content = requireWriting().content();
      return write(content, from, mode.appends() ? content.size() : at);
    }
  }

  private int write(EditedContent content, ByteBuffer from, long at) throws IOException {
    int count = from.remaining();
    if (count > 0) {
      changed = true;
      written.ifPresent(mine -> mine.file().wasWritten());
      content.write(from, at);
    }
    return count;
  }

  @Override
  public long position() throws IOException {
    synchronized (lock) {
      requireOpen();
      return mode.appends() ? bytes.size() : position;
    }
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    requireNotNegative(newPosition);
    synchronized (lock) {
      requireOpen();
      position = newPosition;
      return this;
    }
  }

  @Override
  public long size() throws IOException {
    synchronized (lock) {
      requireOpen();
      return bytes.size();
    }
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    requireNotNegative(size);
    synchronized (lock) {
      EditedContent content = requireWriting().content();
      if (size < content.size()) {
        changed = true;
        written.ifPresent(mine -> mine.file().wasWritten());
        content.truncate(size);
      }
      position = Math.min(position, size);
      return this;
    }
  }

  /** Makes what was written so far the next version; a channel that only reads has nothing. */
  @Override
  public void force(boolean metadata) throws IOException {
    synchronized (lock) {
      requireOpen();
      if (written.isPresent()) {
        flush(written.get());
      }
    }
  }

  private void flush(Written mine) throws IOException {
    if (changed) {
      mine.file().commit(mine.content());
      changed = false;
    } else {
      mine.file().make();
    }
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    requireNotNegative(from);
    requireNotNegative(count);
    requireReading();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(TRANSFER, count));
    long total = 0;
    while (total < count) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), count - total));
      if (read(buffer, from + total) <= 0) {
        break;
      }
      int sent = target.write(buffer.flip());
      total += sent;
      if (buffer.hasRemaining()) {
        break;
      }
    }
    return total;
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
    requireNotNegative(at);
    requireNotNegative(count);
    synchronized (lock) {
      EditedContent content = requireWriting().content();
      if (at > content.size()) {
        return 0;
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(TRANSFER, count));
      long total = 0;
      while (total < count) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), count - total));
        if (source.read(buffer) <= 0) {
          break;
        }
        total += write(buffer.flip(), at + total);
      }
      return total;
    }
  }

  @Override
  public MappedByteBuffer map(MapMode how, long from, long size) {
    throw new UnsupportedOperationException("a file of a pond cannot be mapped");
  }

  /** As {@link #tryLock}: within one JVM the JDK refuses locks that overlap, and never waits. */
  @Override
  public FileLock lock(long from, long size, boolean shared) throws IOException {
    return tryLock(from, size, shared);
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) throws IOException {
    requireOpen();
    if (shared && !mode.reads()) {
      throw new NonReadableChannelException();
    }
    if (!shared) {
      Written unused = requireWriting();
    }
    return fileSystem.locks().take(this, lockedNode(), from, size, shared);
  }

  private NodeId lockedNode() throws IOException {
    if (written.isPresent()) {
      return written.get().file().node();
    }
    if (bytes instanceof ReadBytes file) {
      return file.node();
    }
    throw new IOException("nothing to lock: a directory, or computed");
  }

  /** The bytes of a version, and whose they are. */
  record ReadBytes(VersionReader reader, NodeId node, OpenFile file) implements Bytes {
    @Override
    public long size() {
      return reader.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return reader.read(into, position);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  @Override
  protected void implCloseChannel() throws IOException {
    synchronized (lock) {
      try (bytes) {
        if (mode.deletes()) {
          deleteFile();
        } else if (written.isPresent()) {
          flush(written.get());
        }
      } finally {
        fileSystem.closed(this);
      }
    }
  }

  private void deleteFile() throws IOException {
    if (written.isPresent()) {
      written.get().file().remove();
    } else if (bytes instanceof ReadBytes read) {
      read.file().remove();
    }
  }
}
