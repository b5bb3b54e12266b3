package io.duckpond.journal.arrow;

import org.jspecify.annotations.Nullable;

/** Whether values fit their columns, and how long they are as stored. */
final class RowChecks {
  private RowChecks() {}

  static long length(CodecColumn column, @Nullable Object value) {
    if (value == null) {
      if (!column.nullable()) {
        throw new IllegalArgumentException("column [" + column.name() + "] is null");
      }
      return 0;
    }
    return switch (column.type()) {
      case UTF8 -> utf8Length(column.name(), expect(column, String.class, value));
      case BINARY -> expect(column, byte[].class, value).length;
      case INT32 -> {
        expect(column, Integer.class, value);
        yield Integer.BYTES;
      }
      case INT64 -> {
        expect(column, Long.class, value);
        yield Long.BYTES;
      }
    };
  }

  private static <T> T expect(CodecColumn column, Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "column [" + column.name() + "] takes no " + value.getClass().getName());
    }
    return type.cast(value);
  }

  /** Unpaired surrogates would be stored as question marks: they are refused instead. */
  static long utf8Length(String column, String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw new IllegalArgumentException(
            "column [" + column + "]: unpaired surrogate at [" + i + "]");
      }
    }
    return bytes;
  }
}
