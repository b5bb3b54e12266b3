package io.duckpond.journal.arrow;

/**
 * Where the buffers of a batch lie in its body. Gathered first, so that the stream is allocated
 * once; then columns write their buffers in the same order. For one batch and one thread.
 */
final class BatchLayout {
  private static final long ALIGNMENT = 8;

  private final long[] nodes;
  private final long[] buffers;
  private int nextNode;
  private int nextBuffer;
  private long bodyLength;
  private byte[] out = {};
  private int body;

  BatchLayout(int nodeCount, int bufferCount) {
    this.nodes = new long[2 * nodeCount];
    this.buffers = new long[2 * bufferCount];
  }

  /** Adds a node and the buffer of its validity. */
  void node(int rows, int nulls) {
    nodes[nextNode++] = rows;
    nodes[nextNode++] = nulls;
    buffer((rows + 7L) / 8);
  }

  void buffer(long length) {
    buffers[nextBuffer++] = bodyLength;
    buffers[nextBuffer++] = length;
    bodyLength = bodyLength + length + ALIGNMENT - 1 & -ALIGNMENT;
  }

  long bodyLength() {
    return bodyLength;
  }

  void writeNodes(byte[] to, int at) {
    put(nodes, to, at);
  }

  void writeBuffers(byte[] to, int at) {
    put(buffers, to, at);
  }

  private static void put(long[] numbers, byte[] to, int at) {
    for (int i = 0; i < numbers.length; i++) {
      LittleEndian.putLong(to, at + Long.BYTES * i, numbers[i]);
    }
  }

  /** Begins to write: all buffers are known, and lie in {@code to} from {@code at} on. */
  void writeTo(byte[] to, int at) {
    out = to;
    body = at;
    nextBuffer = 0;
  }

  byte[] out() {
    return out;
  }

  /** Returns where the next buffer begins. */
  int next() {
    int at = body + (int) buffers[nextBuffer];
    nextBuffer += 2;
    return at;
  }

  /** Takes the next buffer as a validity of rows none of which is null; returns where it begins. */
  int nextAllValid(int rows) {
    int at = next();
    int full = rows >> 3;
    for (int i = 0; i < full; i++) {
      out[at + i] = -1;
    }
    if ((rows & 7) != 0) {
      out[at + full] = (byte) ((1 << (rows & 7)) - 1);
    }
    return at;
  }

  /** Notes in a validity that a row is null. */
  void setNull(int validity, int row) {
    out[validity + (row >> 3)] &= (byte) ~(1 << (row & 7));
  }
}
