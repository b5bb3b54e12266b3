package io.duckpond.journal.arrow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** Streams of one batch as Arrow's own vectors and writer make them. */
final class VectorStreams implements AutoCloseable {
  private static final int CONTINUATION = 0xFFFFFFFF;

  private final BufferAllocator root;
  private final Schema schema;

  VectorStreams(Schema schema) {
    this.schema = schema;
    this.root = new RootAllocator();
  }

  byte[] encode(List<CodecColumn> columns, List<InnerRow> rows) {
    return encode(
        rows.size(),
        vectors -> {
          int column = 0;
          VectorFill.utf8(vectors, column++, rows, InnerRow::partId);
          for (int i = 0; i < columns.size(); i++) {
            int value = i;
            VectorFill.values(
                vectors, column++, columns.get(i).type(), rows, row -> row.values().get(value));
          }
          VectorFill.int64(vectors, column++, rows, InnerRow::seqNr);
          VectorFill.int64(vectors, column++, rows, InnerRow::txnSeq);
          VectorFill.timestamp(vectors, column++, rows, InnerRow::timestampMicros);
          VectorFill.utf8(vectors, column++, rows, InnerRow::writer);
          VectorFill.utf8(vectors, column++, rows, InnerRow::manifest);
          VectorFill.lists(vectors, column++, rows, InnerRow::tags);
          VectorFill.values(vectors, column, CodecColumn.Type.INT32, rows, InnerRow::txnIndex);
        });
  }

  private byte[] encode(int rows, Consumer<VectorSchemaRoot> fill) {
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, schema);
      MessageSerializer.serialize(channel, batch);
      channel.writeIntLittleEndian(CONTINUATION);
      channel.writeIntLittleEndian(0);
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
