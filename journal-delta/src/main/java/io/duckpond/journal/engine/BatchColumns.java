package io.duckpond.journal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Kernel types and vectors to Parquet, nested ones included: what a checkpoint needs. Decimals and
 * variants, which no log action holds, are refused.
 */
final class BatchColumns {
  private BatchColumns() {}

  /** Returns the Parquet schema of a kernel schema. */
  static MessageType schema(StructType struct) {
    return new MessageType("spark_schema", fields(struct));
  }

  private static List<Type> fields(StructType struct) {
    List<Type> fields = new ArrayList<>();
    for (StructField field : struct.fields()) {
      fields.add(type(field.getName(), field.getDataType(), field.isNullable()));
    }
    return fields;
  }

  private static Type type(String name, DataType type, boolean nullable) {
    Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    if (type instanceof StructType struct) {
      return Types.buildGroup(repetition)
          .addFields(fields(struct).toArray(new Type[0]))
          .named(name);
    }
    if (type instanceof ArrayType array) {
      return ConversionPatterns.listOfElements(
          repetition, name, type("element", array.getElementType(), array.containsNull()));
    }
    if (type instanceof MapType map) {
      return Types.map(repetition)
          .key(type("key", map.getKeyType(), false))
          .value(type("value", map.getValueType(), map.isValueContainsNull()))
          .named(name);
    }
    return primitive(repetition, type).named(name);
  }

  private static Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> primitive(
      Repetition repetition, DataType type) {
    if (type instanceof StringType) {
      return Types.primitive(BINARY, repetition).as(LogicalTypeAnnotation.stringType());
    } else if (type instanceof BinaryType) {
      return Types.primitive(BINARY, repetition);
    } else if (type instanceof BooleanType) {
      return Types.primitive(BOOLEAN, repetition);
    } else if (type instanceof ByteType) {
      return Types.primitive(INT32, repetition).as(LogicalTypeAnnotation.intType(8, true));
    } else if (type instanceof ShortType) {
      return Types.primitive(INT32, repetition).as(LogicalTypeAnnotation.intType(16, true));
    } else if (type instanceof IntegerType) {
      return Types.primitive(INT32, repetition);
    } else if (type instanceof DateType) {
      return Types.primitive(INT32, repetition).as(LogicalTypeAnnotation.dateType());
    } else if (type instanceof LongType) {
      return Types.primitive(INT64, repetition);
    } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      boolean utc = type instanceof TimestampType;
      return Types.primitive(INT64, repetition)
          .as(LogicalTypeAnnotation.timestampType(utc, TimeUnit.MICROS));
    } else if (type instanceof FloatType) {
      return Types.primitive(FLOAT, repetition);
    } else if (type instanceof DoubleType) {
      return Types.primitive(DOUBLE, repetition);
    }
    throw new UnsupportedOperationException("no Parquet writer for " + type);
  }

  /** Writes the field {@code name}, the {@code index}th of its group, of one row, if not null. */
  static void writeField(RecordConsumer to, String name, int index, ColumnVector column, int row) {
    if (!column.isNullAt(row)) {
      to.startField(name, index);
      writeValue(to, column, row);
      to.endField(name, index);
    }
  }

  private static void writeValue(RecordConsumer to, ColumnVector column, int row) {
    DataType type = column.getDataType();
    if (type instanceof StructType struct) {
      to.startGroup();
      for (int i = 0; i < struct.length(); i++) {
        writeField(to, struct.at(i).getName(), i, column.getChild(i), row);
      }
      to.endGroup();
    } else if (type instanceof ArrayType) {
      writeArray(to, column.getArray(row));
    } else if (type instanceof MapType) {
      writeMap(to, column.getMap(row));
    } else if (type instanceof StringType) {
      to.addBinary(Binary.fromConstantByteArray(column.getString(row).getBytes(UTF_8)));
    } else if (type instanceof BinaryType) {
      to.addBinary(Binary.fromConstantByteArray(column.getBinary(row)));
    } else if (type instanceof BooleanType) {
      to.addBoolean(column.getBoolean(row));
    } else if (type instanceof ByteType) {
      to.addInteger(column.getByte(row));
    } else if (type instanceof ShortType) {
      to.addInteger(column.getShort(row));
    } else if (type instanceof IntegerType || type instanceof DateType) {
      to.addInteger(column.getInt(row));
    } else if (type instanceof FloatType) {
      to.addFloat(column.getFloat(row));
    } else if (type instanceof DoubleType) {
      to.addDouble(column.getDouble(row));
    } else {
      to.addLong(column.getLong(row)); // LongType and the timestamps; schema() refused all else
    }
  }

  private static void writeArray(RecordConsumer to, ArrayValue array) {
    to.startGroup();
    if (array.getSize() > 0) {
      to.startField("list", 0);
      for (int i = 0; i < array.getSize(); i++) {
        to.startGroup();
        writeField(to, "element", 0, array.getElements(), i);
        to.endGroup();
      }
      to.endField("list", 0);
    }
    to.endGroup();
  }

  private static void writeMap(RecordConsumer to, MapValue map) {
    to.startGroup();
    if (map.getSize() > 0) {
      to.startField("key_value", 0);
      for (int i = 0; i < map.getSize(); i++) {
        to.startGroup();
        writeField(to, "key", 0, map.getKeys(), i);
        writeField(to, "value", 1, map.getValues(), i);
        to.endGroup();
      }
      to.endField("key_value", 0);
    }
    to.endGroup();
  }
}
