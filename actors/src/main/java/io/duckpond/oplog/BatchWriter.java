package io.duckpond.oplog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch of rows as a complete Arrow IPC stream, column after column in the schema's
 * order, on the heap: a directory's few changed names take microseconds, where Arrow's vectors
 * would take forty allocations.
 *
 * <pre>
 *   FFFFFFFF size  schema message (constant)
 *   FFFFFFFF size  batch message    body: validity, [offsets,] values of each column, 8-aligned
 *   FFFFFFFF 0
 * </pre>
 *
 * @param <R> what a row is made of
 */
final class BatchWriter<R> {
  static final int CONTINUATION = 0xFFFFFFFF;
  private static final int ALIGNMENT = 8;
  private static final int NO_VALIDITY = -1;

  private final List<R> rows;
  private final long[] nullCounts;
  private final long[] buffers;
  private int columns;
  private int bufferNumbers;
  private ByteBuffer body;

  BatchWriter(List<R> rows, int columns) {
    this.rows = rows;
    this.nullCounts = new long[columns];
    this.buffers = new long[columns * 3 * 2];
    this.body = ByteBuffer.allocate(64 + rows.size() * 256).order(ByteOrder.LITTLE_ENDIAN);
  }

  void int32(ToIntFunction<R> value) {
    noValidity();
    int start = body.position();
    reserve(4L * rows.size());
    for (R row : rows) {
      body.putInt(value.applyAsInt(row));
    }
    endBuffer(start);
  }

  void int64(ToLongFunction<R> value) {
    noValidity();
    int start = body.position();
    reserve(8L * rows.size());
    for (R row : rows) {
      body.putLong(value.applyAsLong(row));
    }
    endBuffer(start);
  }

  void optionalInt64(Function<R, @Nullable Long> value) {
    int validity = validity();
    int start = body.position();
    reserve(8L * rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Long number = value.apply(rows.get(row));
      body.putLong(number == null ? 0 : number);
      mark(validity, row, number);
    }
    endBuffer(start);
    columns++;
  }

  void text(Function<R, String> value) {
    noValidity();
    variable(NO_VALIDITY, row -> value.apply(row).getBytes(UTF_8));
  }

  void optionalText(Function<R, @Nullable String> value) {
    optionalBytes(
        row -> {
          String text = value.apply(row);
          return text == null ? null : text.getBytes(UTF_8);
        });
  }

  void optionalBytes(Function<R, byte @Nullable []> value) {
    variable(validity(), value);
    columns++;
  }

  private void variable(int validity, Function<R, byte @Nullable []> value) {
    int offsets = body.position();
    reserve(4L * (rows.size() + 1));
    body.position(offsets + 4 * (rows.size() + 1));
    endBuffer(offsets);
    int start = body.position();
    for (int row = 0; row < rows.size(); row++) {
      byte[] bytes = value.apply(rows.get(row));
      if (bytes != null) {
        reserve(bytes.length);
        body.put(bytes);
      }
      if (validity != NO_VALIDITY) {
        mark(validity, row, bytes);
      }
      body.putInt(offsets + 4 * (row + 1), body.position() - start);
    }
    endBuffer(start);
  }

  /** Begins a column without nulls, for which Arrow needs no bits. */
  private void noValidity() {
    columns++;
    endBuffer(body.position());
  }

  /** Begins a column that may have nulls; returns where its bits are. */
  private int validity() {
    int start = body.position();
    int length = (rows.size() + 7) / 8;
    reserve(length);
    body.position(start + length);
    endBuffer(start);
    return start;
  }

  private void mark(int validity, int row, @Nullable Object value) {
    if (value == null) {
      nullCounts[columns]++;
    } else {
      int at = validity + row / 8;
      body.put(at, (byte) (body.get(at) | 1 << row % 8));
    }
  }

  private void endBuffer(int start) {
    int length = body.position() - start;
    buffers[bufferNumbers++] = start;
    buffers[bufferNumbers++] = length;
    int padding = -length & ALIGNMENT - 1;
    reserve(padding);
    body.position(body.position() + padding);
  }

  private void reserve(long more) {
    long needed = body.position() + more;
    if (needed > body.capacity()) {
      if (needed > Integer.MAX_VALUE - 64) {
        throw new IllegalArgumentException("more than 2 GiB of changes to one directory");
      }
      int doubled = (int) Math.min(Integer.MAX_VALUE - 64L, 2L * body.capacity());
      byte[] larger = Arrays.copyOf(body.array(), Math.max((int) needed, doubled));
      body = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN).position(body.position());
    }
  }

  /** Returns the whole stream, which begins with {@code schemaMessage}. */
  byte[] stream(byte[] schemaMessage) {
    ByteBuffer message = message();
    int padding = -message.remaining() & ALIGNMENT - 1;
    long size =
        (long) schemaMessage.length + 8 + message.remaining() + padding + body.position() + 8;
    if (size > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException("more than 2 GiB of changes to one directory");
    }
    ByteBuffer stream = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    stream.put(schemaMessage);
    stream.putInt(CONTINUATION).putInt(message.remaining() + padding);
    stream.put(message).position(stream.position() + padding);
    stream.put(body.array(), 0, body.position());
    stream.putInt(CONTINUATION).putInt(0);
    return stream.array();
  }

  /** Flatbuffers are written from their end: vectors backwards, the message last. */
  private ByteBuffer message() {
    FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    RecordBatch.startNodesVector(builder, columns);
    for (int column = columns - 1; column >= 0; column--) {
      FieldNode.createFieldNode(builder, rows.size(), nullCounts[column]);
    }
    int nodes = builder.endVector();
    RecordBatch.startBuffersVector(builder, bufferNumbers / 2);
    for (int at = bufferNumbers - 2; at >= 0; at -= 2) {
      Buffer.createBuffer(builder, buffers[at], buffers[at + 1]);
    }
    int bufferList = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows.size());
    RecordBatch.addNodes(builder, nodes);
    RecordBatch.addBuffers(builder, bufferList);
    int batch = RecordBatch.endRecordBatch(builder);
    Message.startMessage(builder);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addHeaderType(builder, MessageHeader.RecordBatch);
    Message.addHeader(builder, batch);
    Message.addBodyLength(builder, body.position());
    builder.finish(Message.endMessage(builder));
    return builder.dataBuffer();
  }
}
