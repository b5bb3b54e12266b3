package io.duckpond.query;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The caller's stream, which remembers what it has thrown: that is no fault of the statement. */
final class ResultStream extends OutputStream {

  private final OutputStream target;
  private @Nullable RuntimeException thrown;

  ResultStream(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      target.write(bytes, from, length);
    } catch (RuntimeException e) {
      thrown = e;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      target.flush();
    } catch (RuntimeException e) {
      thrown = e;
      throw e;
    }
  }

  /** Throws again what the caller's stream has thrown, if it has. */
  void rethrow() {
    if (thrown != null) {
      throw thrown;
    }
  }
}
