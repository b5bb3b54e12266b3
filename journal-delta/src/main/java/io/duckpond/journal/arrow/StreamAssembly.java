package io.duckpond.journal.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * An Arrow IPC stream of one batch in the making, on the heap: nodes and buffers are added column
 * after column, in the schema's order. For one thread.
 *
 * <pre>
 *   FFFFFFFF size  schema message
 *   FFFFFFFF size  batch message    body: the buffers, each 8-aligned
 *   FFFFFFFF 0
 * </pre>
 */
final class StreamAssembly {
  private static final int CONTINUATION = 0xFFFFFFFF;
  private static final int ALIGNMENT = 8;

  private final int rows;
  private long[] nodes = new long[32];
  private int nodeNumbers;
  private long[] buffers = new long[128];
  private int bufferNumbers;
  private ByteBuffer body = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
  private int bufferStart;

  StreamAssembly(int rows) {
    this.rows = rows;
  }

  /** Adds a column, or the items of a list column. */
  void node(int length, int nullCount) {
    if (nodeNumbers + 2 > nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * nodes.length);
    }
    nodes[nodeNumbers++] = length;
    nodes[nodeNumbers++] = nullCount;
  }

  /** Begins the next buffer and returns where to put at most {@code bytes} bytes of it. */
  ByteBuffer begin(long bytes) {
    bufferStart = body.position();
    return reserve(bytes + ALIGNMENT);
  }

  /** Ends the buffer that was begun, where the last byte was put. */
  void end() {
    if (bufferNumbers + 2 > buffers.length) {
      buffers = Arrays.copyOf(buffers, 2 * buffers.length);
    }
    int length = body.position() - bufferStart;
    buffers[bufferNumbers++] = bufferStart;
    buffers[bufferNumbers++] = length;
    for (int padding = -length & ALIGNMENT - 1; padding > 0; padding--) {
      body.put((byte) 0);
    }
  }

  /** Adds a buffer without bytes, such as the validity of a column without nulls. */
  void none() {
    begin(0);
    end();
  }

  private ByteBuffer reserve(long more) {
    long needed = body.position() + more;
    if (needed > body.capacity()) {
      int size = Math.toIntExact(Math.max(needed, Math.min(2L * body.capacity(), 1 << 30)));
      body =
          ByteBuffer.wrap(Arrays.copyOf(body.array(), size))
              .order(ByteOrder.LITTLE_ENDIAN)
              .position(body.position());
    }
    return body;
  }

  /** Returns the whole stream. */
  byte[] finish(byte[] schemaMessage) {
    ByteBuffer message = message();
    int padding = -message.remaining() & ALIGNMENT - 1;
    int size =
        Math.toIntExact(
            (long) schemaMessage.length + 8 + message.remaining() + padding + body.position() + 8);
    ByteBuffer stream = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
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
    RecordBatch.startNodesVector(builder, nodeNumbers / 2);
    for (int at = nodeNumbers - 2; at >= 0; at -= 2) {
      FieldNode.createFieldNode(builder, nodes[at], nodes[at + 1]);
    }
    int nodeList = builder.endVector();
    RecordBatch.startBuffersVector(builder, bufferNumbers / 2);
    for (int at = bufferNumbers - 2; at >= 0; at -= 2) {
      Buffer.createBuffer(builder, buffers[at], buffers[at + 1]);
    }
    int bufferList = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows);
    RecordBatch.addNodes(builder, nodeList);
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
