package io.duckpond.nio;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A content whose failures and damage are {@link IOException}s. */
final class GuardedInput extends FilterInputStream {

  GuardedInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    return Backing.guarded(in::read);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return Backing.guarded(() -> in.read(into, offset, length));
  }

  @Override
  public long skip(long count) throws IOException {
    return Backing.guarded(() -> in.skip(count));
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    return Backing.guarded(() -> in.transferTo(out));
  }
}
