package io.duckpond.query;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table over rows {@code R}: its name, SQL type and how a row yields it, in the Java
 * form that the generated code expects.
 */
record Column<R>(
    String name, SqlTypeName type, boolean nullable, Function<R, @Nullable Object> value) {

  /** Text, never null. */
  static <R> Column<R> text(String name, Function<R, String> value) {
    return new Column<>(name, SqlTypeName.VARCHAR, false, value::apply);
  }

  /** Text or null. */
  static <R> Column<R> optionalText(String name, Function<R, @Nullable String> value) {
    return new Column<>(name, SqlTypeName.VARCHAR, true, value::apply);
  }

  /** A 64-bit number, never null. */
  static <R> Column<R> number(String name, ToLongFunction<R> value) {
    return new Column<>(name, SqlTypeName.BIGINT, false, value::applyAsLong);
  }

  /** A 64-bit number or null. */
  static <R> Column<R> optionalNumber(String name, Function<R, @Nullable Long> value) {
    return new Column<>(name, SqlTypeName.BIGINT, true, value::apply);
  }

  /** A 32-bit number, never null. */
  static <R> Column<R> integer(String name, Function<R, Integer> value) {
    return new Column<>(name, SqlTypeName.INTEGER, false, value::apply);
  }

  /** An instant in UTC, cut to the milliseconds that Calcite knows; null in, null out. */
  static <R> Column<R> instant(String name, Function<R, @Nullable Long> micros) {
    return new Column<>(
        name,
        SqlTypeName.TIMESTAMP,
        true,
        row -> {
          Long at = micros.apply(row);
          return at == null ? null : Math.floorDiv(at, 1000L);
        });
  }

  /** Bytes, never null. */
  static <R> Column<R> bytes(String name, Function<R, byte[]> value) {
    return new Column<>(
        name, SqlTypeName.VARBINARY, false, row -> new ByteString(value.apply(row)));
  }

  /** Returns the type as Calcite wants it. */
  RelDataType relType(RelDataTypeFactory types) {
    RelDataType base =
        type == SqlTypeName.TIMESTAMP ? types.createSqlType(type, 3) : types.createSqlType(type);
    return types.createTypeWithNullability(base, nullable);
  }
}
