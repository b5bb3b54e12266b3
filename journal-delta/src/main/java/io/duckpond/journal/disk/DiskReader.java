package io.duckpond.journal.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file for positional reads. Safe for use by many threads. */
public interface DiskReader extends Closeable {

  /** Returns the size in bytes at the time of the call. */
  long size() throws IOException;

  /** Reads up to the buffer's remaining bytes from {@code position}; returns -1 at the end. */
  int read(ByteBuffer into, long position) throws IOException;
}
