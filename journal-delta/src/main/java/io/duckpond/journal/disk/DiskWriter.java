package io.duckpond.journal.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file being written from its start to its end. Not safe for use by several threads. */
public interface DiskWriter extends Closeable {

  /** Writes all remaining bytes. */
  void write(ByteBuffer bytes) throws IOException;

  /** Returns the number of bytes written so far. */
  long position();

  /**
   * Returns once all bytes are durable. After a failure nothing may be assumed of the file and it
   * must not be synced again.
   */
  void sync() throws IOException;
}
