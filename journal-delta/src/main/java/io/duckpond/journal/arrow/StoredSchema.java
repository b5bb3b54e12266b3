package io.duckpond.journal.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * The columns that a schema message names. Streams of the same schema begin with the same bytes:
 * what is parsed of one serves for all of them. Immutable.
 */
final class StoredSchema {
  private static final int MAX_COLUMNS = 256;

  private final byte[] prefix;
  private final List<ColumnKind> kinds;
  private final Map<String, Integer> places;
  private final List<Named> named;
  private final int nodes;
  private final int buffers;

  /**
   * A column that can be found by its name: of several with one name the last.
   *
   * @param label the name in UTF-8 behind its length, as digests of rows have it
   * @param place among the columns
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Named(byte[] label, int place) {}

  private StoredSchema(byte[] prefix, List<ColumnKind> kinds, Map<String, Integer> places) {
    this.prefix = prefix;
    this.kinds = List.copyOf(kinds);
    this.places = places;
    this.named =
        places.entrySet().stream()
            .map(column -> new Named(label(column.getKey()), column.getValue()))
            .toList();
    this.nodes = kinds.stream().mapToInt(ColumnKind::nodes).sum();
    this.buffers = kinds.stream().mapToInt(ColumnKind::buffers).sum();
  }

  /** Parses a message that ends at byte {@code end} of a stream. */
  static StoredSchema of(Message message, byte[] content, int end) {
    if (!(message.headerType() == MessageHeader.Schema
        && message.bodyLength() == 0
        && message.header(new Schema()) instanceof Schema schema)) {
      throw new MalformedStreamException("no schema at the start");
    }
    int count = schema.fieldsLength();
    if (count > MAX_COLUMNS) {
      throw new MalformedStreamException("a schema of [" + count + "] columns");
    }
    List<ColumnKind> kinds = new ArrayList<>();
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int place = 0; place < count; place++) {
      Field field = schema.fields(place);
      String name = field.name();
      ColumnKind kind = ColumnKind.of(field);
      if (name == null || kind == null) {
        throw new MalformedStreamException("column [" + name + "] is of an unknown type");
      }
      kinds.add(kind);
      places.put(name, place);
    }
    return new StoredSchema(Arrays.copyOf(content, end), kinds, places);
  }

  private static byte[] label(String name) {
    byte[] encoded = name.getBytes(UTF_8);
    return ByteBuffer.allocate(4 + encoded.length).putInt(encoded.length).put(encoded).array();
  }

  /** Returns whether a stream begins with this schema. */
  boolean begins(byte[] content) {
    return content.length >= prefix.length
        && Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Returns whether streams of both begin with the same bytes. */
  boolean isSameAs(StoredSchema other) {
    return this == other || Arrays.equals(prefix, other.prefix);
  }

  /** Returns the bytes that streams begin with, the schema message and what frames it. */
  byte[] prefix() {
    return prefix.clone();
  }

  /** Returns how many bytes that are. */
  int length() {
    return prefix.length;
  }

  /** Returns the kinds of all columns, in their stored order. */
  List<ColumnKind> kinds() {
    return kinds;
  }

  /** Returns the columns that can be found by name, in the order of their names. */
  List<Named> named() {
    return named;
  }

  /** Returns the place of a column among all; -1 if there is none. */
  int place(String name) {
    return places.getOrDefault(name, -1);
  }

  /** Returns whether a batch has the nodes and buffers that the columns take. */
  boolean fits(RecordBatch batch) {
    return batch.nodesLength() == nodes && batch.buffersLength() == buffers;
  }
}
