package io.duckpond.journal.arrow;

import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** The column types that a record's stream may hold, and how many Arrow buffers each takes. */
enum ColumnKind {
  UTF8(3),
  BINARY(3),
  INT32(2),
  INT64(2),
  TIMESTAMP(2),
  /** A list of strings: validity and offsets, then the three buffers of its strings. */
  UTF8_LIST(5);

  private final int buffers;

  ColumnKind(int buffers) {
    this.buffers = buffers;
  }

  int buffers() {
    return buffers;
  }

  int nodes() {
    return this == UTF8_LIST ? 2 : 1;
  }

  ArrowType arrowType() {
    return switch (this) {
      case UTF8 -> ArrowType.Utf8.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
      case INT32 -> new ArrowType.Int(32, true);
      case INT64 -> new ArrowType.Int(64, true);
      case TIMESTAMP ->
          new ArrowType.Timestamp(org.apache.arrow.vector.types.TimeUnit.MICROSECOND, "UTC");
      case UTF8_LIST -> ArrowType.List.INSTANCE;
    };
  }

  static ColumnKind of(CodecColumn.Type type) {
    return switch (type) {
      case UTF8 -> UTF8;
      case BINARY -> BINARY;
      case INT32 -> INT32;
      case INT64 -> INT64;
    };
  }

  /** Returns the kind of a stored field, or null if it is none of these. */
  static @Nullable ColumnKind of(Field field) {
    if (field.dictionary() != null) {
      return null;
    }
    boolean flat = field.childrenLength() == 0;
    return switch (field.typeType()) {
      case Type.Utf8 -> flat ? UTF8 : null;
      case Type.Binary -> flat ? BINARY : null;
      case Type.Int ->
          flat && field.type(new Int()) instanceof Int integer ? ofWidth(integer) : null;
      case Type.Timestamp ->
          flat
                  && field.type(new Timestamp()) instanceof Timestamp timestamp
                  && timestamp.unit() == TimeUnit.MICROSECOND
              ? TIMESTAMP
              : null;
      case Type.List ->
          field.childrenLength() == 1 && isPlainUtf8(field.children(0)) ? UTF8_LIST : null;
      default -> null;
    };
  }

  private static boolean isPlainUtf8(@Nullable Field child) {
    return child != null
        && child.typeType() == Type.Utf8
        && child.childrenLength() == 0
        && child.dictionary() == null;
  }

  private static @Nullable ColumnKind ofWidth(Int integer) {
    if (!integer.isSigned()) {
      return null;
    }
    return switch (integer.bitWidth()) {
      case 32 -> INT32;
      case 64 -> INT64;
      default -> null;
    };
  }
}
