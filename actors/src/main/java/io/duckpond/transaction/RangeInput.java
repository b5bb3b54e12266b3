package io.duckpond.transaction;

import io.duckpond.node.Entry;
import io.duckpond.view.Tree;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Some bytes of a file: ends before the file does. What is before the first is not read. */
final class RangeInput extends FilterInputStream {
  private long left;

  private RangeInput(InputStream in, long bytes) {
    super(in);
    this.left = bytes;
  }

  /**
   * Opens the bytes from {@code from} up to, not including, {@code to}, as far as there are any.
   */
  static InputStream of(Tree tree, Entry.File file, String path, long from, long to)
      throws IOException {
    demandRange(from, to);
    long first = Math.min(from, file.size());
    InputStream in = tree.open(file, path);
    try {
      in.skipNBytes(first);
      return new RangeInput(in, Math.min(to, file.size()) - first);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** The same of bytes whose number shows only when they are read; closes {@code whole}. */
  static InputStream of(InputStream whole, long from, long to) throws IOException {
    try {
      demandRange(from, to);
      long before = from;
      while (before > 0) {
        long skipped = whole.skip(before);
        if (skipped == 0 && whole.read() < 0) {
          break;
        }
        before -= Math.max(1, skipped);
      }
      return new RangeInput(whole, before > 0 ? 0 : to - from);
    } catch (IOException | RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  private static void demandRange(long from, long to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("not a range of bytes: " + from + " to " + to);
    }
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = super.read();
    left -= read < 0 ? left : 1;
    return read;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (left == 0) {
      return length == 0 ? 0 : -1;
    }
    int read = super.read(into, from, (int) Math.min(length, left));
    left -= read < 0 ? left : read;
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(super.available(), left);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
