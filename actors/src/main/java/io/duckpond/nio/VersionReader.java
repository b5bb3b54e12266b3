package io.duckpond.nio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a version of a file anywhere. Contents are checked block by block as they are read, so
 * whole blocks are kept, the few that were used last. Any thread.
 */
final class VersionReader implements Bytes {
  /** As large as the blocks that contents are checked by. */
  private static final int BLOCK = 1 << 20;

  private static final int KEPT = 4;

  private final long size;
  private final Opener opener;
  private final Map<Long, byte[]> blocks =
      new LinkedHashMap<>(KEPT, 1, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > KEPT;
        }
      };
  private @Nullable InputStream in;
  private long inAt;

  /** Opens the version from its start. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  VersionReader(long size, Opener opener) {
    this.size = size;
    this.opener = opener;
  }

  @Override
  public long size() {
    return size;
  }

  /** Reads up to the buffer's remaining bytes; returns -1 at the end. */
  @Override
  public synchronized int read(ByteBuffer into, long position) throws IOException {
    if (position >= size) {
      return -1;
    }
    int total = 0;
    while (into.hasRemaining() && position + total < size) {
      long at = position + total;
      byte[] block = block(at / BLOCK);
      int from = (int) (at % BLOCK);
      int count = Math.min(into.remaining(), block.length - from);
      into.put(block, from, count);
      total += count;
    }
    return total;
  }

  private byte[] block(long number) throws IOException {
    byte[] kept = blocks.get(number);
    if (kept != null) {
      return kept;
    }
    byte[] block = Backing.guarded(() -> load(number));
    blocks.put(number, block);
    return block;
  }

  private byte[] load(long number) throws IOException {
    long start = number * BLOCK;
    InputStream open = in;
    if (open == null || inAt > start) {
      close();
      open = opener.open();
      in = open;
      inAt = 0;
    }
    open.skipNBytes(start - inAt);
    int length = (int) Math.min(BLOCK, size - start);
    byte[] block = open.readNBytes(length);
    inAt = start + block.length;
    if (block.length < length) {
      throw new IOException("the file was changed by its own transaction while it was open");
    }
    if (inAt == size) {
      close();
    }
    return block;
  }

  @Override
  public synchronized void close() throws IOException {
    InputStream open = in;
    in = null;
    if (open != null) {
      open.close();
    }
  }
}
