package io.duckpond.journal.arrow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes complete Arrow IPC streams of one batch and one schema.
 *
 * <p>The schema message is constant, and most of a small stream: its bytes are made once and
 * written before each batch. Buffers are not compressed, because Parquet's pages are.
 */
final class StreamEncoder implements AutoCloseable {
  private static final int CONTINUATION = 0xFFFFFFFF;
  private static final int METADATA_RESERVE = 2048;

  private final BufferAllocator root;
  private final Schema schema;
  private final byte[] schemaMessage;

  StreamEncoder(Schema schema, long memoryLimit) {
    this.schema = schema;
    this.schemaMessage = schemaMessage(schema);
    this.root = new RootAllocator(memoryLimit);
  }

  /** Returns the bytes that every stream of this encoder begins with. */
  byte[] schemaMessage() {
    return schemaMessage;
  }

  /** Returns the stream of the batch that {@code fill} puts into empty vectors. Any thread. */
  byte[] encode(int rows, Consumer<VectorSchemaRoot> fill) {
    try (BufferAllocator child = root.newChildAllocator("batch", 0, root.getLimit());
        VectorSchemaRoot vectors = VectorSchemaRoot.create(schema, child)) {
      fill.accept(vectors);
      vectors.setRowCount(rows);
      try (ArrowRecordBatch batch = new VectorUnloader(vectors).getRecordBatch()) {
        return write(batch);
      }
    }
  }

  private byte[] write(ArrowRecordBatch batch) {
    int size = Math.toIntExact(schemaMessage.length + METADATA_RESERVE + batch.computeBodyLength());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    try (WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      channel.write(schemaMessage);
      MessageSerializer.serialize(channel, batch);
      channel.writeIntLittleEndian(CONTINUATION);
      channel.writeIntLittleEndian(0);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
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

  /** Throws {@link IllegalStateException} if memory of a batch was not given back. */
  @Override
  public void close() {
    root.close();
  }
}
