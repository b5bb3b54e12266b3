package io.duckpond.journal.arrow;

import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/** The buffers of a batch in their order, each checked to lie inside the body. */
final class BatchBuffers {
  private final byte[] content;
  private final FieldNode.Vector nodes;
  private final Buffer.Vector buffers;
  private final FieldNode node = new FieldNode();
  private final Buffer buffer = new Buffer();
  private final int body;
  private final long bodyLength;
  private int nextBuffer;
  private int nextNode;

  /** {@code body} and {@code bodyLength} have been checked to lie inside {@code content}. */
  BatchBuffers(byte[] content, RecordBatch batch, int body, long bodyLength) {
    this.content = content;
    this.nodes = batch.nodesVector();
    this.buffers = batch.buffersVector();
    this.body = body;
    this.bodyLength = bodyLength;
  }

  byte[] content() {
    return content;
  }

  /** Takes the next node and its validity buffer; -1 if no row is null. */
  int validity(int rows) {
    nodes.get(node, nextNode++);
    if (node.length() != rows) {
      throw new MalformedStreamException(
          "a column has [" + node.length() + "] rows instead of [" + rows + "]");
    }
    if (node.nullCount() == 0) {
      nextBuffer++;
      return -1;
    }
    return next((rows + 7L) / 8);
  }

  /** Takes the next buffer as offsets of {@code rows} values. */
  int offsets(int rows) {
    // Arrow lets writers leave out the single offset of an empty column.
    return rows == 0 ? next(0) : next(4L * (rows + 1L));
  }

  /** Checks that the offsets never descend; returns the last. */
  int ascending(int offsets, int rows) {
    if (rows == 0) {
      return 0;
    }
    int previous = 0;
    for (int row = 0; row <= rows; row++) {
      int offset = LittleEndian.getInt(content, offsets + 4 * row);
      if (offset < previous) {
        throw new MalformedStreamException("offsets descend at row [" + row + "]");
      }
      previous = offset;
    }
    return previous;
  }

  /** Returns the rows of the node after a list's own, which must hold {@code items} at least. */
  int itemRows(int items) {
    long rows = nodes.get(node, nextNode).length();
    if (rows < items || rows > bodyLength) {
      throw new MalformedStreamException(
          "a list of [" + rows + "] items refers to [" + items + "]");
    }
    return (int) rows;
  }

  /** Takes the next buffer, which must hold {@code needed} bytes; returns where it begins. */
  int next(long needed) {
    buffers.get(buffer, nextBuffer++);
    long offset = buffer.offset();
    long length = buffer.length();
    if (offset < 0 || length < 0 || offset > bodyLength || length > bodyLength - offset) {
      throw new MalformedStreamException(
          "buffer at [" + offset + "] of [" + length + "] bytes in a body of [" + bodyLength + "]");
    }
    if (needed > length) {
      throw new MalformedStreamException(
          "buffer of [" + length + "] bytes where [" + needed + "] are needed");
    }
    return body + (int) offset;
  }
}
