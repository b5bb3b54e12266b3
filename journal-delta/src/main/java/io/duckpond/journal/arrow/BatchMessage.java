package io.duckpond.journal.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * The message before the body of a batch. For one schema it is always the same, as Arrow's own
 * writer makes it, but for numbers at places that do not change: it is made once, and copied.
 */
final class BatchMessage {
  private static final int CONTINUATION = 0xFFFFFFFF;
  private static final int PREFIX = 8;

  // Fields of flatbuffers' tables, in the order of Arrow's definitions.
  private static final int MESSAGE_HEADER = 2;
  private static final int MESSAGE_BODY_LENGTH = 3;
  private static final int BATCH_LENGTH = 0;
  private static final int BATCH_NODES = 1;
  private static final int BATCH_BUFFERS = 2;

  private final byte[] bytes;
  private final int bodyLength;
  private final int rows;
  private final int nodes;
  private final int buffers;

  /** The message of batches that have so many nodes and buffers. */
  BatchMessage(int nodeCount, int bufferCount) {
    ByteBuffer made = make(nodeCount, bufferCount).order(ByteOrder.LITTLE_ENDIAN);
    int message = made.position() + made.getInt(made.position());
    this.bodyLength = PREFIX + field(made, message, MESSAGE_BODY_LENGTH) - made.position();
    int batch = target(made, field(made, message, MESSAGE_HEADER));
    this.rows = PREFIX + field(made, batch, BATCH_LENGTH) - made.position();
    this.nodes = PREFIX + items(made, field(made, batch, BATCH_NODES)) - made.position();
    this.buffers = PREFIX + items(made, field(made, batch, BATCH_BUFFERS)) - made.position();
    int length = made.remaining() + 7 & ~7;
    this.bytes = new byte[PREFIX + length];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(CONTINUATION)
        .putInt(length)
        .put(made);
  }

  /** Every number is 1, since flatbuffers leave out zeros. */
  private static ByteBuffer make(int nodeCount, int bufferCount) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    RecordBatch.startNodesVector(builder, nodeCount);
    for (int i = 0; i < nodeCount; i++) {
      FieldNode.createFieldNode(builder, 1, 1);
    }
    int nodes = builder.endVector();
    RecordBatch.startBuffersVector(builder, bufferCount);
    for (int i = 0; i < bufferCount; i++) {
      Buffer.createBuffer(builder, 1, 1);
    }
    int buffers = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, 1);
    RecordBatch.addNodes(builder, nodes);
    RecordBatch.addBuffers(builder, buffers);
    int batch = RecordBatch.endRecordBatch(builder);
    Message.startMessage(builder);
    Message.addHeaderType(builder, MessageHeader.RecordBatch);
    Message.addHeader(builder, batch);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addBodyLength(builder, 1);
    Message.finishMessageBuffer(builder, Message.endMessage(builder));
    return builder.dataBuffer();
  }

  /** Returns where a field of a table stands. */
  private static int field(ByteBuffer bytes, int table, int field) {
    int offsets = table - bytes.getInt(table);
    return table + bytes.getShort(offsets + 4 + 2 * field);
  }

  private static int target(ByteBuffer bytes, int reference) {
    return reference + bytes.getInt(reference);
  }

  /** Returns where the items of a vector begin, after their number. */
  private static int items(ByteBuffer bytes, int reference) {
    return target(bytes, reference) + 4;
  }

  /** Returns the bytes of the message, prefix and padding included. */
  int length() {
    return bytes.length;
  }

  /** Writes the message of a batch at a position. */
  void write(BatchLayout layout, int rowCount, byte[] out, int at) {
    System.arraycopy(bytes, 0, out, at, bytes.length);
    LittleEndian.putLong(out, at + bodyLength, layout.bodyLength());
    LittleEndian.putLong(out, at + rows, rowCount);
    layout.writeNodes(out, at + nodes);
    layout.writeBuffers(out, at + buffers);
  }
}
