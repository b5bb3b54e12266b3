package io.duckpond.query.parquet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes lists and maps of what is nested: of a list a list, of a map a map by the text of its keys,
 * of any other group a map by the names of its fields, absent ones null. Values are such as people
 * read: dates, times, instants, bytes.
 */
final class Nesting {
  private Nesting() {}

  /** Returns the converter of a type that is not repeated, or of one element of what is. */
  static Converter of(Type type, Consumer<Object> into) {
    if (type.isPrimitive()) {
      PrimitiveType primitive = type.asPrimitiveType();
      SqlTypeName name = SqlType.of(single(primitive)).name();
      return CellConverter.of(primitive, value -> into.accept(readable(name, value)));
    }
    GroupType group = type.asGroupType();
    LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
    boolean wraps =
        group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
    if (wraps && logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
      return new ListConverter(group, into);
    }
    boolean map =
        logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
    if (wraps && map && !group.getType(0).isPrimitive()) {
      return new MapConverter(group.getType(0).asGroupType(), into);
    }
    return struct(group, into);
  }

  private static Type single(PrimitiveType type) {
    return type.isRepetition(Type.Repetition.REPEATED)
        ? new PrimitiveType(
                Type.Repetition.OPTIONAL,
                type.getPrimitiveTypeName(),
                type.getTypeLength(),
                type.getName())
            .withLogicalTypeAnnotation(type.getLogicalTypeAnnotation())
        : type;
  }

  private static Object readable(SqlTypeName type, Object value) {
    if (value instanceof ByteString bytes) {
      return bytes.getBytes();
    }
    return switch (type) {
      case DATE -> LocalDate.ofEpochDay((Integer) value);
      case TIME -> LocalTime.ofNanoOfDay((Integer) value * 1_000_000L);
      case TIMESTAMP -> Instant.ofEpochMilli((Long) value);
      default -> value;
    };
  }

  /** A group by the names of its fields. */
  private static Converter struct(GroupType type, Consumer<Object> into) {
    return new FieldsConverter(
        new Fields(type, false),
        row -> {
          Map<String, @Nullable Object> values = new LinkedHashMap<>();
          for (int i = 0; i < row.length; i++) {
            values.put(type.getFieldName(i), row[i]);
          }
          into.accept(values);
        });
  }

  /** The list that a group is around a repeated field, whose elements it is or holds. */
  private static final class ListConverter extends GroupConverter {
    private final Converter elements;
    private final Consumer<Object> into;
    private List<@Nullable Object> list = new ArrayList<>();

    ListConverter(GroupType type, Consumer<Object> into) {
      Type repeated = type.getType(0);
      this.elements =
          isElement(repeated, type.getName())
              ? of(repeated, value -> list.add(value))
              : new Holder(repeated.asGroupType().getType(0), value -> list.add(value));
      this.into = into;
    }

    /** The rules for files of writers from before the format was fixed. */
    private static boolean isElement(Type repeated, String list) {
      if (repeated.isPrimitive()) {
        return true;
      }
      GroupType group = repeated.asGroupType();
      return group.getFieldCount() != 1
          || group.getType(0).isRepetition(Type.Repetition.REPEATED)
          || group.getName().equals("array")
          || group.getName().equals(list + "_tuple");
    }

    @Override
    public Converter getConverter(int field) {
      return elements;
    }

    @Override
    public void start() {
      list = new ArrayList<>();
    }

    @Override
    public void end() {
      into.accept(list);
    }
  }

  /** A group around one value, or none. */
  private static final class Holder extends GroupConverter {
    private final Converter held;
    private final Consumer<@Nullable Object> into;
    private @Nullable Object value;

    Holder(Type type, Consumer<@Nullable Object> into) {
      this.held = of(type, found -> value = found);
      this.into = into;
    }

    @Override
    public Converter getConverter(int field) {
      return held;
    }

    @Override
    public void start() {
      value = null;
    }

    @Override
    public void end() {
      into.accept(value);
    }
  }

  /** The map that a group is around repeated pairs. */
  private static final class MapConverter extends GroupConverter {
    private final Converter pairs;
    private final Consumer<Object> into;
    private Map<String, @Nullable Object> map = new LinkedHashMap<>();

    MapConverter(GroupType pair, Consumer<Object> into) {
      this.into = into;
      this.pairs =
          new FieldsConverter(
              new Fields(pair, false),
              row -> map.put(text(row[0]), row.length > 1 ? row[1] : null));
    }

    private static String text(@Nullable Object key) {
      return key instanceof byte[] bytes ? new ByteString(bytes).toString() : String.valueOf(key);
    }

    @Override
    public Converter getConverter(int field) {
      return pairs;
    }

    @Override
    public void start() {
      map = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      into.accept(map);
    }
  }
}
