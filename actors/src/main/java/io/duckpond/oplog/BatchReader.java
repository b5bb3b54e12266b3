package io.duckpond.oplog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.DamageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Reads the stream of a {@link BatchWriter} in place. Nothing is allocated that a length field asks
 * for before the bytes are known to be there; whatever does not fit is a {@link DamageException},
 * or an {@link IndexOutOfBoundsException} where flatbuffers' own accessors find it.
 */
final class BatchReader {
  private final byte[] stream;
  private final ByteBuffer numbers;
  private final RecordBatch batch;
  private final int rows;
  private final int body;
  private final long bodyLength;
  private int nextNode;
  private int nextBuffer;

  /** Reads the stream's messages; {@code buffers} is the number that {@code columns} take. */
  BatchReader(byte[] stream, byte[] schemaMessage, int columns, int buffers) {
    this.stream = stream;
    this.numbers = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    int schemaEnd = schemaMessage.length;
    if (stream.length < schemaEnd
        || !Arrays.equals(stream, 0, schemaEnd, schemaMessage, 0, schemaEnd)) {
      throw new DamageException("the nested batch is malformed: another schema");
    }
    int size = messageSize(schemaEnd);
    int start = schemaEnd + 8;
    check(size >= 8 && size <= stream.length - start, "a message of [%d] bytes", size);
    Message message = Message.getRootAsMessage(ByteBuffer.wrap(stream, start, size).slice());
    this.body = start + size;
    this.bodyLength = message.bodyLength();
    check(
        bodyLength >= 0 && bodyLength == (long) stream.length - body - 8,
        "a body of [%d] bytes",
        bodyLength);
    check(messageSize(stream.length - 8) == 0, "[%d] bytes after the end", bodyLength);
    if (message.headerType() != MessageHeader.RecordBatch
        || !(message.header(new RecordBatch()) instanceof RecordBatch found)) {
      throw new DamageException("the nested batch is malformed: no batch after the schema");
    }
    this.batch = found;
    check(batch.compression() == null, "compressed buffers, [%d] bytes", bodyLength);
    check(batch.nodesLength() == columns, "[%d] columns", batch.nodesLength());
    check(batch.buffersLength() == buffers, "[%d] buffers", batch.buffersLength());
    check(batch.length() >= 0 && batch.length() <= bodyLength, "[%d] rows", batch.length());
    this.rows = (int) batch.length();
  }

  private int messageSize(int at) {
    check(
        stream.length - at >= 8 && numbers.getInt(at) == BatchWriter.CONTINUATION,
        "no message at byte [%d]",
        at);
    return numbers.getInt(at + 4);
  }

  private static void check(boolean holds, String message, long found) {
    if (!holds) {
      throw new DamageException("the nested batch is malformed: " + String.format(message, found));
    }
  }

  int rows() {
    return rows;
  }

  /** Takes the next column, of 4-byte or 8-byte numbers. */
  Numbers numbers(int width) {
    int validity = validity();
    return new Numbers(validity, buffer((long) width * rows));
  }

  /** Takes the next column, of bytes or text. */
  Bytes bytes() {
    int validity = validity();
    int offsets = buffer(4L * (rows + 1L));
    int previous = 0;
    for (int row = 0; row <= rows; row++) {
      int offset = numbers.getInt(offsets + 4 * row);
      check(offset >= previous, "offsets descend at row [%d]", row);
      previous = offset;
    }
    return new Bytes(validity, offsets, buffer(previous));
  }

  /** Takes the next node and its validity; -1 if nothing is null. */
  private int validity() {
    FieldNode node = batch.nodes(nextNode++);
    check(node.length() == rows, "a column of [%d] rows", node.length());
    if (node.nullCount() == 0) {
      nextBuffer++;
      return -1;
    }
    return buffer((rows + 7L) / 8);
  }

  private int buffer(long needed) {
    Buffer buffer = batch.buffers(nextBuffer++);
    long offset = buffer.offset();
    long length = buffer.length();
    check(
        offset >= 0 && length >= 0 && offset <= bodyLength && length <= bodyLength - offset,
        "a buffer at [%d]",
        offset);
    check(needed <= length, "a buffer of [%d] bytes", length);
    return body + (int) offset;
  }

  private boolean isNull(int validity, int row) {
    return validity >= 0 && (stream[validity + row / 8] >> row % 8 & 1) == 0;
  }

  /** A column of numbers. */
  final class Numbers {
    private final int validity;
    private final int values;

    private Numbers(int validity, int values) {
      this.validity = validity;
      this.values = values;
    }

    int int32(int row) {
      demand(row);
      return numbers.getInt(values + 4 * row);
    }

    long int64(int row) {
      demand(row);
      return numbers.getLong(values + 8 * row);
    }

    private void demand(int row) {
      check(!isNull(validity, row), "a missing number in row [%d]", row);
    }
  }

  /** A column of bytes or text. */
  final class Bytes {
    private final int validity;
    private final int offsets;
    private final int data;
    private int lastFrom;
    private int lastTo;
    private String last = "";

    private Bytes(int validity, int offsets, int data) {
      this.validity = validity;
      this.offsets = offsets;
      this.data = data;
      this.lastFrom = data;
      this.lastTo = data;
    }

    byte[] bytes(int row) {
      demand(row);
      return Arrays.copyOfRange(stream, from(row), from(row + 1));
    }

    /** Returns the text; the same object for equal neighbours, of which locators are full. */
    String text(int row) {
      demand(row);
      int from = from(row);
      int to = from(row + 1);
      if (!Arrays.equals(stream, from, to, stream, lastFrom, lastTo)) {
        last = new String(stream, from, to - from, UTF_8);
        lastFrom = from;
        lastTo = to;
      }
      return last;
    }

    private int from(int row) {
      return data + numbers.getInt(offsets + 4 * row);
    }

    private void demand(int row) {
      check(!isNull(validity, row), "a missing value in row [%d]", row);
    }
  }
}
