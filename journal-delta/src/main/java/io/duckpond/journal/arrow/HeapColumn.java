package io.duckpond.journal.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of a decoded batch, read in place from the record's bytes. Every buffer is checked to
 * lie inside the body, and all offsets to ascend, when it is made: reading cannot then go astray,
 * and all values together are no larger than the record.
 */
final class HeapColumn {
  private final byte[] content;
  private final ColumnKind kind;
  private final int rows;

  /** Positions in the content; validity is -1 if no row is null. */
  private final int validity;

  private final int values;
  private final int data;

  /** The strings of a list column; the column itself otherwise. */
  private final List<HeapColumn> child;

  private HeapColumn(
      byte[] content,
      ColumnKind kind,
      int rows,
      int validity,
      int values,
      int data,
      List<HeapColumn> child) {
    this.content = content;
    this.kind = kind;
    this.rows = rows;
    this.validity = validity;
    this.values = values;
    this.data = data;
    this.child = child;
  }

  static HeapColumn of(BatchBuffers buffers, ColumnKind kind, int rows) {
    int validity = buffers.validity(rows);
    return switch (kind) {
      case INT32 ->
          new HeapColumn(
              buffers.content(), kind, rows, validity, buffers.next(4L * rows), -1, List.of());
      case INT64, TIMESTAMP ->
          new HeapColumn(
              buffers.content(), kind, rows, validity, buffers.next(8L * rows), -1, List.of());
      case UTF8, BINARY -> {
        int offsets = buffers.offsets(rows);
        int end = buffers.ascending(offsets, rows);
        yield new HeapColumn(
            buffers.content(), kind, rows, validity, offsets, buffers.next(end), List.of());
      }
      case UTF8_LIST -> {
        int offsets = buffers.offsets(rows);
        int items = buffers.ascending(offsets, rows);
        HeapColumn strings = of(buffers, ColumnKind.UTF8, buffers.itemRows(items));
        yield new HeapColumn(
            buffers.content(), kind, rows, validity, offsets, -1, List.of(strings));
      }
    };
  }

  ColumnKind kind() {
    return kind;
  }

  boolean hasNulls() {
    return nulls() > 0;
  }

  boolean isNull(int row) {
    return validity >= 0 && (content[validity + (row >> 3)] >> (row & 7) & 1) == 0;
  }

  /** Returns the value as rows hold it, or null. */
  @Nullable Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    return switch (kind) {
      case UTF8 -> string(row);
      case BINARY -> bytes(row);
      case INT32 -> int32(row);
      case INT64, TIMESTAMP -> int64(row);
      case UTF8_LIST -> strings(row);
    };
  }

  int int32(int row) {
    return LittleEndian.getInt(content, values + 4 * row);
  }

  long int64(int row) {
    return LittleEndian.getLong(content, values + 8 * row);
  }

  /** Returns the number, or 0 for null. */
  long int64OrZero(int row) {
    return isNull(row) ? 0 : int64(row);
  }

  byte[] bytes(int row) {
    int from = offset(row);
    byte[] bytes = new byte[offset(row + 1) - from];
    System.arraycopy(content, data + from, bytes, 0, bytes.length);
    return bytes;
  }

  String string(int row) {
    int from = offset(row);
    return new String(content, data + from, offset(row + 1) - from, UTF_8);
  }

  List<String> strings(int row) {
    int from = offset(row);
    int to = offset(row + 1);
    if (from == to) {
      return List.of();
    }
    List<String> strings = new ArrayList<>(to - from);
    for (int item = from; item < to; item++) {
      strings.add(child.get(0).string(item));
    }
    return List.copyOf(strings);
  }

  private int offset(int row) {
    return LittleEndian.getInt(content, values + 4 * row);
  }

  /** Returns how many bytes {@link #put} will put; -1 for null. */
  int length(int row) {
    if (isNull(row)) {
      return -1;
    }
    return switch (kind) {
      case INT32 -> 4;
      case INT64, TIMESTAMP -> 8;
      case UTF8, BINARY -> offset(row + 1) - offset(row);
      case UTF8_LIST -> {
        int length = 0;
        for (int item = offset(row); item < offset(row + 1); item++) {
          length += 4 + child.get(0).length(item);
        }
        yield length;
      }
    };
  }

  /** Puts the bytes of a value, of strings in a list with their lengths; nothing for null. */
  void put(ByteBuffer into, int row) {
    if (isNull(row)) {
      return;
    }
    switch (kind) {
      case INT32 -> into.putInt(int32(row));
      case INT64, TIMESTAMP -> into.putLong(int64(row));
      case UTF8, BINARY -> into.put(content, data + offset(row), offset(row + 1) - offset(row));
      case UTF8_LIST -> {
        for (int item = offset(row); item < offset(row + 1); item++) {
          into.putInt(child.get(0).length(item));
          child.get(0).put(into, item);
        }
      }
    }
  }

  /** Adds the rows of columns of one kind to a stream, as one column. */
  static void append(StreamAssembly stream, List<HeapColumn> parts) {
    int rows = 0;
    int nulls = 0;
    for (HeapColumn part : parts) {
      rows += part.rows;
      nulls += part.nulls();
    }
    stream.node(rows, nulls);
    appendValidity(stream, parts, rows, nulls);
    ColumnKind kind = parts.get(0).kind;
    if (kind == ColumnKind.INT32 || kind == ColumnKind.INT64 || kind == ColumnKind.TIMESTAMP) {
      int width = kind == ColumnKind.INT32 ? 4 : 8;
      ByteBuffer values = stream.begin((long) width * rows);
      for (HeapColumn part : parts) {
        values.put(part.content, part.values, width * part.rows);
      }
      stream.end();
      return;
    }
    ByteBuffer offsets = stream.begin(4L * (rows + 1L));
    int end = 0;
    offsets.putInt(0);
    for (HeapColumn part : parts) {
      for (int row = 0; row < part.rows; row++) {
        offsets.putInt(end += part.offset(row + 1) - part.offset(row));
      }
    }
    stream.end();
    if (kind == ColumnKind.UTF8_LIST) {
      append(stream, parts.stream().map(HeapColumn::items).toList());
      return;
    }
    ByteBuffer bytes = stream.begin(end);
    for (HeapColumn part : parts) {
      if (part.rows > 0) {
        int first = part.offset(0);
        bytes.put(part.content, part.data + first, part.offset(part.rows) - first);
      }
    }
    stream.end();
  }

  private static void appendValidity(
      StreamAssembly stream, List<HeapColumn> parts, int rows, int nulls) {
    if (nulls == 0) {
      stream.none();
      return;
    }
    byte[] bits = new byte[(rows + 7) / 8];
    int at = 0;
    for (HeapColumn part : parts) {
      for (int row = 0; row < part.rows; row++, at++) {
        if (!part.isNull(row)) {
          bits[at >> 3] |= (byte) (1 << (at & 7));
        }
      }
    }
    stream.begin(bits.length).put(bits);
    stream.end();
  }

  /** Returns this column of 64-bit numbers with one in the place of null. */
  HeapColumn filled(long number) {
    ByteBuffer all = ByteBuffer.allocate(8 * rows).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      all.putLong(isNull(row) ? number : int64(row));
    }
    return new HeapColumn(all.array(), kind, rows, -1, 0, -1, List.of());
  }

  private int nulls() {
    int nulls = 0;
    for (int row = 0; validity >= 0 && row < rows; row++) {
      nulls += isNull(row) ? 1 : 0;
    }
    return nulls;
  }

  /** Returns the strings of a list column that its rows refer to. */
  private HeapColumn items() {
    HeapColumn strings = child.get(0);
    int from = rows == 0 ? 0 : offset(0);
    int to = rows == 0 ? 0 : offset(rows);
    if (strings.validity >= 0 && strings.hasNulls()) {
      throw new MalformedStreamException("a list holds nulls");
    }
    return new HeapColumn(
        content,
        ColumnKind.UTF8,
        to - from,
        -1,
        strings.values + 4 * from,
        strings.data,
        List.of());
  }
}
