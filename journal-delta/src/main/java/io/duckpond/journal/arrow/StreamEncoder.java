package io.duckpond.journal.arrow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes complete Arrow IPC streams of one batch and one schema, byte for byte as Arrow's own
 * writer does, but without its vectors: those cost more than all else of a small batch. Any thread.
 *
 * <p>The schema message is constant, and most of a small stream: its bytes are made once and
 * written before each batch. Buffers are not compressed, because Parquet's pages are.
 */
final class StreamEncoder<R> {
  private static final int CONTINUATION = 0xFFFFFFFF;
  private static final int END = 8;

  private final byte[] schemaMessage;
  private final List<ColumnEncoder<R>> columns;
  private final int nodes;
  private final int buffers;
  private final BatchMessage batchMessage;
  private final long longest;

  /** Columns of the kinds, and in the order, of the schema's fields. */
  StreamEncoder(Schema schema, List<ColumnEncoder<R>> columns, long longest) {
    this.longest = Math.min(longest, Integer.MAX_VALUE - 2 * END);
    this.schemaMessage = schemaMessage(schema);
    this.columns = List.copyOf(columns);
    this.nodes = columns.stream().mapToInt(column -> column.kind().nodes()).sum();
    this.buffers = columns.stream().mapToInt(column -> column.kind().buffers()).sum();
    this.batchMessage = new BatchMessage(nodes, buffers);
  }

  /** Returns the bytes that every stream of this encoder begins with. */
  byte[] schemaMessage() {
    return schemaMessage;
  }

  /**
   * Returns the stream of a batch.
   *
   * @throws IllegalArgumentException if a value does not fit its column, or the stream is too long
   */
  byte[] encode(List<R> rows) {
    BatchLayout layout = new BatchLayout(nodes, buffers);
    for (ColumnEncoder<R> column : columns) {
      column.measure(rows, layout);
    }
    int body = schemaMessage.length + batchMessage.length();
    long length = body + layout.bodyLength() + END;
    if (length > longest) {
      throw new IllegalArgumentException(
          "a stream of [" + length + "] bytes; at most [" + longest + "] are allowed");
    }
    byte[] out = new byte[(int) length];
    System.arraycopy(schemaMessage, 0, out, 0, schemaMessage.length);
    batchMessage.write(layout, rows.size(), out, schemaMessage.length);
    layout.writeTo(out, body);
    for (ColumnEncoder<R> column : columns) {
      column.write(rows, layout);
    }
    LittleEndian.putInt(out, out.length - END, CONTINUATION);
    return out;
  }

  /** Returns the bytes that every stream of a schema begins with. */
  static byte[] schemaMessage(Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, schema);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
