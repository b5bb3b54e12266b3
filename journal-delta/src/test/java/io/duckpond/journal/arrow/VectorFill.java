package io.duckpond.journal.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/** Fills the vectors of a batch; each is allocated once, at the size that it needs. */
final class VectorFill {
  private VectorFill() {}

  static <R> void values(
      VectorSchemaRoot vectors,
      int column,
      CodecColumn.Type type,
      List<R> rows,
      Function<R, @Nullable Object> value) {
    switch (type) {
      case UTF8 ->
          bytes(
              vectors,
              column,
              rows,
              row -> value.apply(row) instanceof String s ? s.getBytes(UTF_8) : null);
      case BINARY -> bytes(vectors, column, rows, row -> (byte[]) value.apply(row));
      case INT32 -> {
        IntVector vector = (IntVector) vectors.getVector(column);
        vector.allocateNew(rows.size());
        for (int row = 0; row < rows.size(); row++) {
          if (value.apply(rows.get(row)) instanceof Integer number) {
            vector.set(row, number);
          }
        }
        vector.setValueCount(rows.size());
      }
      case INT64 -> {
        BigIntVector vector = (BigIntVector) vectors.getVector(column);
        vector.allocateNew(rows.size());
        for (int row = 0; row < rows.size(); row++) {
          if (value.apply(rows.get(row)) instanceof Long number) {
            vector.set(row, number);
          }
        }
        vector.setValueCount(rows.size());
      }
    }
  }

  static <R> void utf8(
      VectorSchemaRoot vectors, int column, List<R> rows, Function<R, String> text) {
    bytes(vectors, column, rows, row -> text.apply(row).getBytes(UTF_8));
  }

  /** Numbers of which 0 is stored as null. */
  static <R> void int64(
      VectorSchemaRoot vectors, int column, List<R> rows, ToLongFunction<R> number) {
    BigIntVector vector = (BigIntVector) vectors.getVector(column);
    vector.allocateNew(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      long value = number.applyAsLong(rows.get(row));
      if (value != 0) {
        vector.set(row, value);
      }
    }
    vector.setValueCount(rows.size());
  }

  /** Microseconds since the epoch, of which 0 is stored as null. */
  static <R> void timestamp(
      VectorSchemaRoot vectors, int column, List<R> rows, ToLongFunction<R> micros) {
    TimeStampMicroTZVector vector = (TimeStampMicroTZVector) vectors.getVector(column);
    vector.allocateNew(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      long value = micros.applyAsLong(rows.get(row));
      if (value != 0) {
        vector.set(row, value);
      }
    }
    vector.setValueCount(rows.size());
  }

  static <R> void lists(
      VectorSchemaRoot vectors, int column, List<R> rows, Function<R, List<String>> texts) {
    ListVector vector = (ListVector) vectors.getVector(column);
    vector.setInitialCapacity(rows.size());
    vector.allocateNew();
    List<String> items = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<String> list = texts.apply(rows.get(row));
      vector.startNewValue(row);
      vector.endValue(row, list.size());
      items.addAll(list);
    }
    fill((VarCharVector) vector.getDataVector(), items, text -> text.getBytes(UTF_8));
    vector.setValueCount(rows.size());
  }

  private static <R> void bytes(
      VectorSchemaRoot vectors, int column, List<R> rows, Function<R, byte @Nullable []> bytes) {
    fill((BaseVariableWidthVector) vectors.getVector(column), rows, bytes);
  }

  private static <R> void fill(
      BaseVariableWidthVector vector, List<R> rows, Function<R, byte @Nullable []> bytes) {
    List<byte @Nullable []> all = new ArrayList<>(rows.size());
    long total = 0;
    for (R row : rows) {
      byte[] value = bytes.apply(row);
      all.add(value);
      total += value == null ? 0 : value.length;
    }
    vector.allocateNew(total, rows.size());
    for (int row = 0; row < all.size(); row++) {
      byte[] value = all.get(row);
      if (value != null) {
        vector.set(row, value);
      }
    }
    vector.setValueCount(all.size());
  }
}
