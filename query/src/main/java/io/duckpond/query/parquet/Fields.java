package io.duckpond.query.parquet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The values of the fields of a group, one row after the other; of a repeated field a list. */
final class Fields {
  private final GroupType type;
  private final Converter[] converters;

  /** Those of the repeated fields of this row; of the others empty, and not used. */
  private final List<List<Object>> lists;

  private @Nullable Object[] row = {};

  /**
   * The fields of a group.
   *
   * @param cells whether values that are not nested are to be such as generated code expects
   */
  Fields(GroupType type, boolean cells) {
    this.type = type;
    this.converters = new Converter[type.getFieldCount()];
    this.lists = new ArrayList<>(Collections.nCopies(converters.length, List.of()));
    for (int i = 0; i < converters.length; i++) {
      converters[i] = converter(i, cells);
    }
  }

  private Converter converter(int index, boolean cells) {
    Type field = type.getType(index);
    if (field.isRepetition(Type.Repetition.REPEATED)) {
      return Nesting.of(field, value -> lists.get(index).add(value));
    }
    Consumer<Object> set = value -> row[index] = value;
    return cells && field.isPrimitive()
        ? CellConverter.of(field.asPrimitiveType(), set)
        : Nesting.of(field, set);
  }

  Converter converter(int index) {
    return converters[index];
  }

  /** Begins a row: nothing is set yet. */
  void start() {
    row = new @Nullable Object[converters.length];
    for (int i = 0; i < row.length; i++) {
      if (type.getType(i).isRepetition(Type.Repetition.REPEATED)) {
        lists.set(i, new ArrayList<>());
        row[i] = lists.get(i);
      }
    }
  }

  /** Returns the row; the next one is another array. */
  @Nullable Object[] row() {
    return row;
  }
}
