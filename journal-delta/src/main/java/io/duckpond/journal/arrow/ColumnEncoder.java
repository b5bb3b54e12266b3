package io.duckpond.journal.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Writes one column of rows straight into the bytes of a stream. Any thread. */
abstract class ColumnEncoder<R> {
  private final ColumnKind kind;

  private ColumnEncoder(ColumnKind kind) {
    this.kind = kind;
  }

  ColumnKind kind() {
    return kind;
  }

  /** Adds this column's nodes and buffers; throws {@link IllegalArgumentException} if none fit. */
  abstract void measure(List<R> rows, BatchLayout layout);

  /** Writes the buffers that were measured. */
  abstract void write(List<R> rows, BatchLayout layout);

  /** A column of numbers of which 0 is stored as null. */
  static <R> ColumnEncoder<R> int64(ColumnKind kind, ToLongFunction<R> value) {
    return new ColumnEncoder<>(kind) {
      @Override
      void measure(List<R> rows, BatchLayout layout) {
        int nulls = 0;
        for (int row = 0; row < rows.size(); row++) {
          nulls += value.applyAsLong(rows.get(row)) == 0 ? 1 : 0;
        }
        layout.node(rows.size(), nulls);
        layout.buffer((long) Long.BYTES * rows.size());
      }

      @Override
      void write(List<R> rows, BatchLayout layout) {
        int validity = layout.nextAllValid(rows.size());
        int values = layout.next();
        for (int row = 0; row < rows.size(); row++) {
          long number = value.applyAsLong(rows.get(row));
          if (number == 0) {
            layout.setNull(validity, row);
          } else {
            LittleEndian.putLong(layout.out(), values + Long.BYTES * row, number);
          }
        }
      }
    };
  }

  /** A column of numbers. */
  static <R> ColumnEncoder<R> int32(ToIntFunction<R> value) {
    return new ColumnEncoder<>(ColumnKind.INT32) {
      @Override
      void measure(List<R> rows, BatchLayout layout) {
        layout.node(rows.size(), 0);
        layout.buffer((long) Integer.BYTES * rows.size());
      }

      @Override
      void write(List<R> rows, BatchLayout layout) {
        layout.nextAllValid(rows.size());
        int values = layout.next();
        for (int row = 0; row < rows.size(); row++) {
          LittleEndian.putInt(
              layout.out(), values + Integer.BYTES * row, value.applyAsInt(rows.get(row)));
        }
      }
    };
  }

  /** A column of texts. */
  static <R> ColumnEncoder<R> utf8(String name, Function<R, String> value) {
    return values(new CodecColumn(name, CodecColumn.Type.UTF8, false), value::apply);
  }

  /** A column of a codec's values. */
  static <R> ColumnEncoder<R> values(CodecColumn column, Function<R, @Nullable Object> value) {
    ColumnKind kind = ColumnKind.of(column.type());
    return switch (column.type()) {
      case INT32 -> new Fixed<>(kind, column, value, Integer.BYTES);
      case INT64 -> new Fixed<>(kind, column, value, Long.BYTES);
      case UTF8, BINARY -> new Variable<>(kind, column, value);
    };
  }

  private static final class Fixed<R> extends ColumnEncoder<R> {
    private final CodecColumn column;
    private final Function<R, @Nullable Object> value;
    private final int width;

    Fixed(ColumnKind kind, CodecColumn column, Function<R, @Nullable Object> value, int width) {
      super(kind);
      this.column = column;
      this.value = value;
      this.width = width;
    }

    @Override
    void measure(List<R> rows, BatchLayout layout) {
      int nulls = 0;
      for (int row = 0; row < rows.size(); row++) {
        nulls += RowChecks.length(column, value.apply(rows.get(row))) == 0 ? 1 : 0;
      }
      layout.node(rows.size(), nulls);
      layout.buffer((long) width * rows.size());
    }

    @Override
    void write(List<R> rows, BatchLayout layout) {
      int validity = layout.nextAllValid(rows.size());
      int values = layout.next();
      for (int row = 0; row < rows.size(); row++) {
        Object cell = value.apply(rows.get(row));
        if (cell instanceof Integer number) {
          LittleEndian.putInt(layout.out(), values + width * row, number);
        } else if (cell instanceof Long number) {
          LittleEndian.putLong(layout.out(), values + width * row, number);
        } else {
          layout.setNull(validity, row);
        }
      }
    }
  }

  private static final class Variable<R> extends ColumnEncoder<R> {
    private final CodecColumn column;
    private final Function<R, @Nullable Object> value;

    Variable(ColumnKind kind, CodecColumn column, Function<R, @Nullable Object> value) {
      super(kind);
      this.column = column;
      this.value = value;
    }

    @Override
    void measure(List<R> rows, BatchLayout layout) {
      int nulls = 0;
      long bytes = 0;
      for (int row = 0; row < rows.size(); row++) {
        Object cell = value.apply(rows.get(row));
        nulls += cell == null ? 1 : 0;
        bytes += RowChecks.length(column, cell);
      }
      layout.node(rows.size(), nulls);
      layout.buffer(offsetBytes(rows.size()));
      layout.buffer(bytes);
    }

    @Override
    void write(List<R> rows, BatchLayout layout) {
      int validity = layout.nextAllValid(rows.size());
      int offsets = layout.next();
      int data = layout.next();
      int end = data;
      for (int row = 0; row < rows.size(); row++) {
        Object cell = value.apply(rows.get(row));
        if (cell instanceof String text) {
          end = text(text, layout.out(), end);
        } else if (cell instanceof byte[] bytes) {
          System.arraycopy(bytes, 0, layout.out(), end, bytes.length);
          end += bytes.length;
        } else {
          layout.setNull(validity, row);
        }
        LittleEndian.putInt(layout.out(), offsets + Integer.BYTES * (row + 1), end - data);
      }
    }
  }

  /** A column of lists of texts. */
  static <R> ColumnEncoder<R> lists(String name, Function<R, List<String>> value) {
    return new ColumnEncoder<>(ColumnKind.UTF8_LIST) {
      @Override
      void measure(List<R> rows, BatchLayout layout) {
        int items = 0;
        long bytes = 0;
        for (int row = 0; row < rows.size(); row++) {
          for (String text : value.apply(rows.get(row))) {
            items++;
            bytes += RowChecks.utf8Length(name, text);
          }
        }
        layout.node(rows.size(), 0);
        layout.buffer(offsetBytes(rows.size()));
        layout.node(items, 0);
        layout.buffer(offsetBytes(items));
        layout.buffer(bytes);
      }

      @Override
      void write(List<R> rows, BatchLayout layout) {
        layout.nextAllValid(rows.size());
        int offsets = layout.next();
        int items = 0;
        for (int row = 0; row < rows.size(); row++) {
          items += value.apply(rows.get(row)).size();
          LittleEndian.putInt(layout.out(), offsets + Integer.BYTES * (row + 1), items);
        }
        layout.nextAllValid(items);
        int ends = layout.next();
        int data = layout.next();
        int end = data;
        for (int row = 0; row < rows.size(); row++) {
          for (String text : value.apply(rows.get(row))) {
            end = text(text, layout.out(), end);
            ends += Integer.BYTES;
            LittleEndian.putInt(layout.out(), ends, end - data);
          }
        }
      }
    };
  }

  /** As Arrow's writer does: the single offset of an empty column is left out. */
  private static long offsetBytes(int rows) {
    return rows == 0 ? 0 : Integer.BYTES * (rows + 1L);
  }

  /** Writes a text that has been checked; returns where it ends. */
  private static int text(String text, byte[] out, int at) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
      }
      out[at + i] = (byte) c;
    }
    return at + length;
  }
}
