package io.duckpond.content;

import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Reads a content block by block; a block's bytes are handed out only if they are the right ones.
 */
final class CheckedInput extends InputStream {
  private static final int BLOCK = BlockDigests.BLOCK;

  private final StoredFile file;
  private final DiskReader reader;
  private final BlockDigests digests;
  private final byte[] block;
  private long loaded = -1;
  private long position;
  private long mark;

  CheckedInput(StoredFile file, DiskReader reader, BlockDigests digests) {
    this.file = file;
    this.reader = reader;
    this.digests = digests;
    this.block = new byte[(int) Math.min(BLOCK, file.size())];
  }

  @Override
  public int read() {
    if (position >= file.size()) {
      return -1;
    }
    load();
    return block[(int) (position++ % BLOCK)] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (position >= file.size()) {
      return -1;
    }
    int ready = Math.min(length, load());
    System.arraycopy(block, (int) (position % BLOCK), into, from, ready);
    position += ready;
    return ready;
  }

  /** Goes to a byte, which may lie before those that were read. */
  void seek(long to) {
    position = to;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, file.size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long from = position;
    while (position < file.size()) {
      int ready = load();
      out.write(block, (int) (position % BLOCK), ready);
      position += ready;
    }
    return position - from;
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  /** Marks this place for ever, whatever the limit. */
  @Override
  public synchronized void mark(int limit) {
    mark = position;
  }

  @Override
  public synchronized void reset() {
    position = mark;
  }

  /** Reads and checks all that is left. */
  void readThrough() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public int available() {
    long within = loaded == position / BLOCK ? lengthOf(loaded) - position % BLOCK : 0;
    return (int) within;
  }

  /** Makes the block at the position the loaded one; returns how much of it is still to read. */
  private int load() {
    long wanted = position / BLOCK;
    int length = lengthOf(wanted);
    if (wanted != loaded) {
      loaded = -1; // should the check fail, nobody may find these bytes by reading on
      file.readFully(reader, block, length, wanted * BLOCK);
      var digest = Sha256.digest();
      digest.update(block, 0, length);
      Sha256 found = Sha256.from(digest.digest());
      Sha256 expected = digests.of(wanted);
      if (!found.equals(expected)) {
        throw file.damage("block " + wanted, expected, found);
      }
      loaded = wanted;
    }
    return length - (int) (position % BLOCK);
  }

  private int lengthOf(long wanted) {
    return (int) Math.min(BLOCK, file.size() - wanted * BLOCK);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
