package io.duckpond.query;

import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A content by position. It is opened at the first read and, as a rule, once: the streams of
 * contents go back to their beginning without being opened anew. For one thread.
 */
final class ContentReader implements DiskReader {

  private final long size;
  private final Opener opener;
  private @Nullable InputStream in;
  private long position;

  /** Opens the content from its start. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  ContentReader(long size, Opener opener) {
    this.size = size;
    this.opener = opener;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(ByteBuffer into, long from) throws IOException {
    if (from >= size) {
      return -1;
    }
    InputStream open = at(from);
    int read = open.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
    if (read > 0) {
      position += read;
      into.position(into.position() + read);
    }
    return read;
  }

  private InputStream at(long from) throws IOException {
    InputStream open = in;
    if (open != null && from < position && open.markSupported()) {
      open.reset();
      position = 0;
    } else if (open == null || from < position) {
      close();
      open = opener.open();
      open.mark(Integer.MAX_VALUE);
      in = open;
      position = 0;
    }
    open.skipNBytes(from - position);
    position = from;
    return open;
  }

  @Override
  public void close() throws IOException {
    InputStream open = in;
    in = null;
    if (open != null) {
      open.close();
    }
  }
}
