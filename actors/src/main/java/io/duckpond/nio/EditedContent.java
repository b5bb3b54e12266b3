package io.duckpond.nio;

import io.duckpond.content.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file's content while it is being changed: some version of it and what was written over that.
 * Small contents are in memory. What is written to larger ones goes to a scratch file in the order
 * it comes, and a map says where which bytes are; what is nowhere is the version's, or zero.
 */
final class EditedContent implements Bytes {
  /** Contents up to this size are held in memory. */
  private static final int IN_MEMORY = 1 << 18;

  /** Beyond so many pieces they are put together, so that the map stays small. */
  private static final int MOST_PIECES = 1 << 15;

  private final Scratches scratches;
  private final Optional<VersionReader> base;

  /** Bytes of the version from its start that were not cut away. */
  private long baseLimit;

  private long size;

  /** All bytes, while they are few; then nothing. */
  private byte @Nullable [] memory;

  private @Nullable Scratch scratch;
  private final TreeMap<Long, Piece> pieces = new TreeMap<>();

  /** Makes a place for bytes that are too many for memory. */
  @FunctionalInterface
  interface Scratches {
    Scratch create() throws IOException;
  }

  /** Bytes that stand one after the other in the scratch file, from {@code at}. */
  private record Piece(long length, long at) {}

  /** Begins with a version, or with nothing. */
  EditedContent(Optional<VersionReader> base, Scratches scratches) throws IOException {
    this.base = base;
    this.scratches = scratches;
    this.size = base.map(VersionReader::size).orElse(0L);
    this.baseLimit = size;
    this.memory = size <= IN_MEMORY ? load() : null;
  }

  private byte[] load() throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) size);
    if (base.isPresent() && size > 0) {
      base.get().read(all, 0);
    }
    return all.array();
  }

  @Override
  public long size() {
    return size;
  }

  /** Writes all remaining bytes at a position; a gap before it is zeros. */
  void write(ByteBuffer bytes, long position) throws IOException {
    long end = Math.addExact(position, bytes.remaining());
    byte[] held = memory;
    if (held != null && end <= IN_MEMORY) {
      if (end > held.length) {
        held = Arrays.copyOf(held, (int) Math.max(end, Math.min(IN_MEMORY, held.length * 2L)));
        memory = held;
      }
      bytes.get(held, (int) position, bytes.remaining());
    } else {
      spill();
      int length = bytes.remaining();
      put(position, length, open().append(bytes));
    }
    size = Math.max(size, end);
  }

  /** Goes on without memory. */
  private void spill() throws IOException {
    byte[] held = memory;
    if (held != null) {
      memory = null;
      baseLimit = 0;
      if (size > 0) {
        put(0, size, open().append(ByteBuffer.wrap(held, 0, (int) size)));
      }
    }
  }

  private Scratch open() throws IOException {
    Scratch open = scratch;
    if (open == null) {
      open = scratches.create();
      scratch = open;
    }
    return open;
  }

  private void put(long position, long length, long at) throws IOException {
    clear(position, position + length);
    Map.Entry<Long, Piece> before = pieces.lowerEntry(position);
    if (before != null
        && before.getKey() + before.getValue().length() == position
        && before.getValue().at() + before.getValue().length() == at) {
      Piece longer = new Piece(before.getValue().length() + length, before.getValue().at());
      pieces.put(before.getKey(), longer);
    } else {
      pieces.put(position, new Piece(length, at));
    }
    if (pieces.size() > MOST_PIECES) {
      putTogether();
    }
  }

  /** Takes the pieces' claims on a range away. */
  private void clear(long from, long to) {
    Map.Entry<Long, Piece> before = pieces.lowerEntry(from);
    if (before != null && before.getKey() + before.getValue().length() > from) {
      long start = before.getKey();
      Piece piece = before.getValue();
      pieces.put(start, new Piece(from - start, piece.at()));
      long rest = start + piece.length() - to;
      if (rest > 0) {
        pieces.put(to, new Piece(rest, piece.at() + (to - start)));
      }
    }
    Map.Entry<Long, Piece> within = pieces.ceilingEntry(from);
    while (within != null && within.getKey() < to) {
      pieces.remove(within.getKey());
      long rest = within.getKey() + within.getValue().length() - to;
      if (rest > 0) {
        Piece piece = within.getValue();
        pieces.put(to, new Piece(rest, piece.at() + piece.length() - rest));
      }
      within = pieces.ceilingEntry(from);
    }
  }

  /** Copies everything to a new scratch file, in one piece. */
  private void putTogether() throws IOException {
    try (Scratch old = open()) {
      Scratch whole = scratches.create();
      try {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (long at = 0; at < size; at += buffer.limit()) {
          readSpilled(buffer.clear(), at);
          whole.append(buffer.flip());
        }
      } catch (IOException | RuntimeException e) {
        whole.close();
        throw e;
      }
      pieces.clear();
      pieces.put(0L, new Piece(size, 0));
      baseLimit = 0;
      scratch = whole;
    }
  }

  /** Cuts off what is beyond a size. */
  void truncate(long newSize) {
    if (newSize < size) {
      byte[] held = memory;
      if (held != null) {
        memory = Arrays.copyOf(held, (int) newSize); // what is grown again is zeros
      } else {
        clear(newSize, size);
        baseLimit = Math.min(baseLimit, newSize);
      }
      size = newSize;
    }
  }

  /** Reads up to the buffer's remaining bytes; returns -1 at the end. */
  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    if (position >= size) {
      return -1;
    }
    byte[] held = memory;
    if (held == null) {
      return readSpilled(into, position);
    }
    int count = (int) Math.min(into.remaining(), size - position);
    into.put(held, (int) position, count);
    return count;
  }

  private int readSpilled(ByteBuffer into, long position) throws IOException {
    int limit = into.limit();
    long end = Math.min(size, position + into.remaining());
    long at = position;
    while (at < end) {
      Map.Entry<Long, Piece> piece = pieces.floorEntry(at);
      boolean here = piece != null && piece.getKey() + piece.getValue().length() > at;
      Long next = pieces.higherKey(at);
      long until = Math.min(end, next == null ? end : next);
      if (piece != null && here) {
        until = Math.min(until, piece.getKey() + piece.getValue().length());
        into.limit(into.position() + (int) (until - at));
        open().read(into, piece.getValue().at() + (at - piece.getKey()));
      } else if (at < baseLimit) {
        until = Math.min(until, baseLimit);
        into.limit(into.position() + (int) (until - at));
        base.orElseThrow().read(into, at);
      } else {
        into.limit(into.position() + (int) (until - at));
        into.put(new byte[into.remaining()]);
      }
      into.limit(limit);
      at = until;
    }
    return (int) (end - position);
  }

  /** Returns the bytes from a position to the end, as they are while it is read. */
  InputStream stream(long from) {
    return new InputStream() {
      private long at = from;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = EditedContent.this.read(ByteBuffer.wrap(into, offset, length), at);
        at += Math.max(0, count);
        return count;
      }
    };
  }

  @Override
  public void close() throws IOException {
    memory = null;
    Scratch open = scratch;
    scratch = null;
    try {
      if (base.isPresent()) {
        base.get().close();
      }
    } finally {
      if (open != null) {
        open.close();
      }
    }
  }
}
