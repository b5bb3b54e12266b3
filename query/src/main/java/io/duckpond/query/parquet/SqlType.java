package io.duckpond.query.parquet;

import static org.apache.calcite.rel.type.RelDataType.PRECISION_NOT_SPECIFIED;
import static org.apache.calcite.rel.type.RelDataType.SCALE_NOT_SPECIFIED;

import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * What a Parquet column is in SQL. Every column is something: what SQL has no type for is text, and
 * what is nested is JSON text.
 *
 * @param nested whether its values come as lists and maps, of which the JSON is to be made
 */
public record SqlType(SqlTypeName name, int precision, int scale, boolean nested) {

  /** The most digits of a DECIMAL; longer ones are text, which keeps them all. */
  static final int MOST_DIGITS = 38;

  /** The finest times that Calcite knows: milliseconds. */
  private static final int MILLIS = 3;

  private static final int UNSIGNED_64_DIGITS = 20;

  private static final SqlType JSON =
      new SqlType(SqlTypeName.VARCHAR, PRECISION_NOT_SPECIFIED, SCALE_NOT_SPECIFIED, true);

  /** Returns the type of a column. */
  public static SqlType of(Type column) {
    return column.isPrimitive() && !column.isRepetition(Type.Repetition.REPEATED)
        ? of(column.asPrimitiveType())
        : JSON;
  }

  /** Returns the type of a column whose Parquet type is given as a table's schema writes it. */
  public static SqlType ofText(String parquet) {
    if (parquet.startsWith("repeated ") || parquet.startsWith("group")) {
      return JSON;
    }
    int blank = parquet.indexOf(' ');
    String physical = blank < 0 ? parquet : parquet.substring(0, blank);
    String logical = blank < 0 ? "" : parquet.substring(blank).toUpperCase(Locale.ROOT);
    String message = "message m { optional " + physical + " c" + logical + "; }";
    return of(MessageTypeParser.parseMessageType(message).getType(0));
  }

  private static SqlType of(PrimitiveType column) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal.getPrecision() > MOST_DIGITS
          ? plain(SqlTypeName.VARCHAR)
          : new SqlType(SqlTypeName.DECIMAL, decimal.getPrecision(), decimal.getScale(), false);
    } else if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return plain(SqlTypeName.DATE);
    } else if (logical instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation) {
      return new SqlType(SqlTypeName.TIME, MILLIS, SCALE_NOT_SPECIFIED, false);
    } else if (logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation) {
      return new SqlType(SqlTypeName.TIMESTAMP, MILLIS, SCALE_NOT_SPECIFIED, false);
    } else if (logical instanceof IntLogicalTypeAnnotation integer) {
      return of(integer);
    } else if (logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation) {
      return plain(SqlTypeName.VARCHAR);
    } else if (logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation) {
      return plain(SqlTypeName.REAL);
    }
    return switch (column.getPrimitiveTypeName()) {
      case BOOLEAN -> plain(SqlTypeName.BOOLEAN);
      case INT32 -> plain(SqlTypeName.INTEGER);
      case INT64 -> plain(SqlTypeName.BIGINT);
      case INT96 -> new SqlType(SqlTypeName.TIMESTAMP, MILLIS, SCALE_NOT_SPECIFIED, false);
      case FLOAT -> plain(SqlTypeName.REAL);
      case DOUBLE -> plain(SqlTypeName.DOUBLE);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> plain(SqlTypeName.VARBINARY);
    };
  }

  /** An unsigned integer gets the signed type that holds all its values. */
  private static SqlType of(IntLogicalTypeAnnotation integer) {
    return switch (integer.getBitWidth()) {
      case 8 -> plain(integer.isSigned() ? SqlTypeName.TINYINT : SqlTypeName.SMALLINT);
      case 16 -> plain(integer.isSigned() ? SqlTypeName.SMALLINT : SqlTypeName.INTEGER);
      case 32 -> plain(integer.isSigned() ? SqlTypeName.INTEGER : SqlTypeName.BIGINT);
      default ->
          integer.isSigned()
              ? plain(SqlTypeName.BIGINT)
              : new SqlType(SqlTypeName.DECIMAL, UNSIGNED_64_DIGITS, 0, false);
    };
  }

  private static SqlType plain(SqlTypeName name) {
    return new SqlType(name, PRECISION_NOT_SPECIFIED, SCALE_NOT_SPECIFIED, false);
  }

  /** Returns the type as Calcite wants it. */
  public RelDataType relType(RelDataTypeFactory types, boolean nullable) {
    RelDataType type =
        scale != SCALE_NOT_SPECIFIED
            ? types.createSqlType(name, precision, scale)
            : precision != PRECISION_NOT_SPECIFIED
                ? types.createSqlType(name, precision)
                : types.createSqlType(name);
    return types.createTypeWithNullability(type, nullable);
  }
}
