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
  private final ByteBuffer numbers;
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
    this.numbers = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
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
    for (int row = 0; row < rows; row++) {
      if (isNull(row)) {
        return true;
      }
    }
    return false;
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
    return numbers.getInt(values + 4 * row);
  }

  long int64(int row) {
    return numbers.getLong(values + 8 * row);
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
    return numbers.getInt(values + 4 * row);
  }
}
