package io.duckpond.journal.arrow;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one-batch IPC stream of a record without Arrow's readers, which allocate what a length
 * field asks for before they look whether the bytes are there.
 *
 * <pre>
 *   FFFFFFFF size  schema message   (the writer's constant bytes: then not parsed)
 *   FFFFFFFF size  batch message    body: validity, offsets, values … of each column
 *   FFFFFFFF 0
 * </pre>
 */
final class StreamDecoder {
  private static final int CONTINUATION = 0xFFFFFFFF;
  private static final int MAX_COLUMNS = 256;

  /** A column as a schema message names it. */
  record StoredColumn(String name, ColumnKind kind) {}

  /** A decoded batch: its number of rows and its columns by name, in their stored order. */
  record Batch(int rows, Map<String, HeapColumn> columns) {
    /** Returns a column, or null if it is missing and need not be there. */
    @Nullable HeapColumn column(String name, ColumnKind kind, boolean required) {
      return required || columns.containsKey(name) ? checked(name, kind, required) : null;
    }

    /** Returns a column that must be there and hold no null. */
    HeapColumn required(String name, ColumnKind kind) {
      return checked(name, kind, true);
    }

    /** Returns a column that must be there and may hold nulls. */
    HeapColumn nullable(String name, ColumnKind kind) {
      return checked(name, kind, false);
    }

    private HeapColumn checked(String name, ColumnKind kind, boolean required) {
      HeapColumn column = columns.get(name);
      if (column == null) {
        throw new MalformedStreamException("no column [" + name + "]");
      }
      if (column.kind() != kind) {
        throw new MalformedStreamException(
            "column [" + name + "] is " + column.kind() + " instead of " + kind);
      }
      if (required && column.hasNulls()) {
        throw new MalformedStreamException("column [" + name + "] has nulls");
      }
      return column;
    }
  }

  private final byte[] knownSchemaMessage;
  private final List<StoredColumn> knownColumns;

  StreamDecoder(byte[] knownSchemaMessage) {
    this.knownSchemaMessage = knownSchemaMessage;
    this.knownColumns = columns(new Cursor(knownSchemaMessage));
  }

  /** Returns what {@code columns} makes of a record's stream; anything wrong with it is damage. */
  <T> T decode(LogRecord record, Function<Batch, T> columns) {
    try {
      return columns.apply(batch(record));
    } catch (MalformedStreamException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // The last two are how flatbuffers' accessors say that a message leads out of its bytes.
      throw new DamageException(
          String.format(
              "partition [%s] transaction [%d]: the %s record of versions [%d] to [%d] is no Arrow"
                  + " stream of ours: %s",
              record.partId(),
              record.txnSeq(),
              record.kind().storedName(),
              record.firstVersion(),
              record.version(),
              e.getMessage()),
          e);
    }
  }

  /** Returns how many bytes the schema message takes at the start of a stream. */
  static int schemaLength(byte[] content) {
    Cursor cursor = new Cursor(content);
    cursor.message();
    return cursor.position;
  }

  private Batch batch(LogRecord record) {
    byte[] content = record.content();
    Cursor cursor = new Cursor(content);
    List<StoredColumn> columns;
    if (startsWith(content, knownSchemaMessage)) {
      cursor.position = knownSchemaMessage.length;
      columns = knownColumns;
    } else {
      columns = columns(cursor);
    }
    Message message = cursor.message();
    long bodyLength = message.bodyLength();
    if (bodyLength < 0 || bodyLength > content.length - cursor.position) {
      throw new MalformedStreamException("a body of [" + bodyLength + "] bytes");
    }
    if (!(message.headerType() == MessageHeader.RecordBatch
        && message.header(new RecordBatch()) instanceof RecordBatch batch)) {
      throw new MalformedStreamException("no record batch after the schema");
    }
    int rows = rows(batch, record);
    checkShape(batch, columns);
    BatchBuffers buffers = new BatchBuffers(content, batch, cursor.position, bodyLength);
    Map<String, HeapColumn> byName = new LinkedHashMap<>();
    for (StoredColumn column : columns) {
      byName.put(column.name(), HeapColumn.of(buffers, column.kind(), rows));
    }
    cursor.position += (int) bodyLength;
    cursor.end();
    return new Batch(rows, byName);
  }

  private static int rows(RecordBatch batch, LogRecord record) {
    if (batch.compression() != null) {
      throw new MalformedStreamException("compressed buffers");
    }
    if (batch.length() != record.count()) {
      throw new MalformedStreamException(
          "[" + batch.length() + "] rows where the record has [" + record.count() + "]");
    }
    return record.count();
  }

  private static void checkShape(RecordBatch batch, List<StoredColumn> columns) {
    int nodes = 0;
    int buffers = 0;
    for (StoredColumn column : columns) {
      nodes += column.kind().nodes();
      buffers += column.kind().buffers();
    }
    if (batch.nodesLength() != nodes || batch.buffersLength() != buffers) {
      throw new MalformedStreamException("the batch does not fit its schema");
    }
  }

  private static List<StoredColumn> columns(Cursor cursor) {
    Message message = cursor.message();
    if (!(message.headerType() == MessageHeader.Schema
        && message.bodyLength() == 0
        && message.header(new Schema()) instanceof Schema schema)) {
      throw new MalformedStreamException("no schema at the start");
    }
    int count = schema.fieldsLength();
    if (count > MAX_COLUMNS) {
      throw new MalformedStreamException("a schema of [" + count + "] columns");
    }
    List<StoredColumn> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Field field = schema.fields(i);
      String name = field.name();
      ColumnKind kind = ColumnKind.of(field);
      if (name == null || kind == null) {
        throw new MalformedStreamException("column [" + name + "] is of an unknown type");
      }
      columns.add(new StoredColumn(name, kind));
    }
    return List.copyOf(columns);
  }

  private static boolean startsWith(byte[] content, byte[] prefix) {
    return content.length >= prefix.length
        && Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Where the next message begins. */
  private static final class Cursor {
    private final byte[] content;
    private final ByteBuffer numbers;
    private int position;

    Cursor(byte[] content) {
      this.content = content;
      this.numbers = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    Message message() {
      int size = size();
      if (size < 8 || size > content.length - position) {
        throw new MalformedStreamException("a message of [" + size + "] bytes");
      }
      ByteBuffer metadata = ByteBuffer.wrap(content, position, size).slice();
      position += size;
      return Message.getRootAsMessage(metadata);
    }

    void end() {
      if (size() != 0 || position != content.length) {
        throw new MalformedStreamException("no end after the batch");
      }
    }

    private int size() {
      if (content.length - position < 8 || numbers.getInt(position) != CONTINUATION) {
        throw new MalformedStreamException("no message at byte [" + position + "]");
      }
      int size = numbers.getInt(position + 4);
      position += 8;
      return size;
    }
  }
}
