package io.duckpond.journal.arrow;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
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

  /** A decoded batch: its number of rows and its columns in the order of their schema. */
  record Batch(int rows, StoredSchema schema, List<HeapColumn> columns) {
    /** Returns a column, or null if it is missing and need not be there. */
    @Nullable HeapColumn column(String name, ColumnKind kind, boolean required) {
      return required || schema.place(name) >= 0 ? checked(name, kind, required) : null;
    }

    /** Returns a column that must be there and hold no null. */
    HeapColumn required(String name, ColumnKind kind) {
      return checked(name, kind, true);
    }

    /** Returns a column that must be there and may hold nulls. */
    HeapColumn nullable(String name, ColumnKind kind) {
      return checked(name, kind, false);
    }

    /** Returns a column, or null if there is none of this name and kind. */
    @Nullable HeapColumn find(String name, ColumnKind kind) {
      int place = schema.place(name);
      return place >= 0 && schema.kinds().get(place) == kind ? columns.get(place) : null;
    }

    /** Returns this batch with a number in the place of nulls, if it has such a column. */
    Batch filled(String name, ColumnKind kind, long number) {
      HeapColumn column = find(name, kind);
      if (column == null || !column.hasNulls()) {
        return this;
      }
      List<HeapColumn> others = new ArrayList<>(columns);
      others.set(schema.place(name), column.filled(number));
      return new Batch(rows, schema, others);
    }

    private HeapColumn checked(String name, ColumnKind kind, boolean required) {
      int place = schema.place(name);
      if (place < 0) {
        throw new MalformedStreamException("no column [" + name + "]");
      }
      HeapColumn column = columns.get(place);
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

  private final StoredSchema written;

  /** Of another schema, the last that was seen: all of a codec that was, more often than not. */
  private volatile StoredSchema other;

  /** Of streams most of which begin with the bytes that are written now. */
  StreamDecoder(byte[] writtenSchemaMessage) {
    this.written = parsed(new Cursor(writtenSchemaMessage));
    this.other = written;
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

  private Batch batch(LogRecord record) {
    byte[] content = record.content();
    Cursor cursor = new Cursor(content);
    StoredSchema schema = schema(cursor);
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
    if (!schema.fits(batch)) {
      throw new MalformedStreamException("the batch does not fit its schema");
    }
    BatchBuffers buffers = new BatchBuffers(content, batch, cursor.position, bodyLength);
    List<ColumnKind> kinds = schema.kinds();
    List<HeapColumn> columns = new ArrayList<>(kinds.size());
    for (int place = 0; place < kinds.size(); place++) {
      columns.add(HeapColumn.of(buffers, kinds.get(place), rows));
    }
    cursor.position += (int) bodyLength;
    cursor.end();
    if (schema != written) {
      other = schema; // not before: what damage makes of one is not worth its memory
    }
    return new Batch(rows, schema, columns);
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

  private StoredSchema schema(Cursor cursor) {
    StoredSchema last = other;
    StoredSchema known = written.begins(cursor.content) ? written : last;
    if (!known.begins(cursor.content)) {
      return parsed(cursor);
    }
    cursor.position = known.length();
    return known;
  }

  private static StoredSchema parsed(Cursor cursor) {
    Message message = cursor.message();
    return StoredSchema.of(message, cursor.content, cursor.position);
  }

  /** Where the next message begins. */
  private static final class Cursor {
    private final byte[] content;
    private int position;

    Cursor(byte[] content) {
      this.content = content;
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
      if (content.length - position < 8 || LittleEndian.getInt(content, position) != CONTINUATION) {
        throw new MalformedStreamException("no message at byte [" + position + "]");
      }
      int size = LittleEndian.getInt(content, position + 4);
      position += 8;
      return size;
    }
  }
}
