package io.duckpond.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Standard output as verbs need it: no failure is swallowed, as print streams do. A closed pipe is
 * a {@link ClosedPipeException}, anything else a {@link Complaint}.
 */
final class StandardOutput extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream target;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int used;

  StandardOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int value) {
    if (used == buffer.length) {
      drain();
    }
    buffer[used++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (length > buffer.length - used) {
      drain();
    }
    if (length > buffer.length) {
      passOn(bytes, from, length);
    } else {
      System.arraycopy(bytes, from, buffer, used, length);
      used += length;
    }
  }

  @Override
  public void flush() {
    drain();
    try {
      target.flush();
    } catch (IOException failure) {
      throw explained(failure);
    }
  }

  private void drain() {
    int length = used;
    // First forgotten, so that a flush after a failure does not fail again.
    used = 0;
    if (length > 0) {
      passOn(buffer, 0, length);
    }
  }

  private void passOn(byte[] bytes, int from, int length) {
    try {
      target.write(bytes, from, length);
    } catch (IOException failure) {
      throw explained(failure);
    }
  }

  private static RuntimeException explained(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    boolean closed = message.contains("Broken pipe") || message.contains("Pipe closed");
    return closed
        ? new ClosedPipeException(failure)
        : new Complaint("standard output", message, Optional.empty(), ExitCodes.FAILURE)
            .exception();
  }
}
