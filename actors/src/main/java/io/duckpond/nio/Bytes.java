package io.duckpond.nio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes that a channel reads. */
interface Bytes extends Closeable {

  long size();

  /** Reads up to the buffer's remaining bytes, all that there are; returns -1 at the end. */
  int read(ByteBuffer into, long position) throws IOException;
}
