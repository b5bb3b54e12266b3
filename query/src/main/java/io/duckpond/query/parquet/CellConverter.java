package io.duckpond.query.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Hands on the values of a column in the Java form of its {@link SqlType}, as generated code
 * expects it: a date as days, a time and a timestamp as milliseconds. A value of a dictionary is
 * made once.
 */
final class CellConverter extends PrimitiveConverter {
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long MILLIS_OF_DAY = 86_400_000;

  private final IntFunction<Object> ofInt;
  private final LongFunction<Object> ofLong;
  private final Function<Binary, Object> ofBinary;
  private final boolean binary;
  private final Consumer<Object> into;
  private Object[] dictionary = {};

  private CellConverter(
      PrimitiveType type, Function<Binary, Object> ofBinary, Consumer<Object> into) {
    this.ofInt = ofInt(type);
    this.ofLong = ofLong(type);
    this.ofBinary = ofBinary;
    this.binary =
        switch (type.getPrimitiveTypeName()) {
          case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
          default -> false;
        };
    this.into = into;
  }

  static CellConverter of(PrimitiveType type, Consumer<Object> into) {
    return new CellConverter(type, ofBinary(type), into);
  }

  private static IntFunction<Object> ofInt(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return value -> BigDecimal.valueOf(value, decimal.getScale());
    } else if (logical instanceof IntLogicalTypeAnnotation integer) {
      return switch (integer.getBitWidth()) {
        case 8 -> integer.isSigned() ? value -> (byte) value : value -> (short) (value & 0xFF);
        case 16 -> integer.isSigned() ? value -> (short) value : value -> value & 0xFFFF;
        default -> integer.isSigned() ? Integer::valueOf : Integer::toUnsignedLong;
      };
    }
    return Integer::valueOf;
  }

  private static LongFunction<Object> ofLong(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return value -> BigDecimal.valueOf(value, decimal.getScale());
    } else if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      return value -> new BigDecimal(Long.toUnsignedString(value));
    } else if (logical instanceof TimeLogicalTypeAnnotation time) {
      long perMilli = perMilli(time.getUnit());
      return value -> (int) (value / perMilli);
    } else if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      long perMilli = perMilli(timestamp.getUnit());
      return value -> Math.floorDiv(value, perMilli);
    }
    return Long::valueOf;
  }

  private static long perMilli(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1;
      case MICROS -> 1_000;
      case NANOS -> 1_000_000;
    };
  }

  private static Function<Binary, Object> ofBinary(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      int scale = decimal.getScale();
      return decimal.getPrecision() > SqlType.MOST_DIGITS
          ? value -> decimal(value, scale).toPlainString()
          : value -> decimal(value, scale);
    } else if (logical instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
      return CellConverter::uuid;
    } else if (logical instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation) {
      return CellConverter::interval;
    } else if (logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation) {
      return value -> float16(littleEndian(value).getShort());
    } else if (logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
      return Binary::toStringUsingUTF8;
    } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      return CellConverter::int96;
    }
    return value -> new ByteString(value.getBytes());
  }

  private static BigDecimal decimal(Binary value, int scale) {
    return new BigDecimal(new BigInteger(value.getBytes()), scale);
  }

  private static Object uuid(Binary value) {
    ByteBuffer bytes = value.toByteBuffer().slice();
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /** Months, days and milliseconds, as ISO 8601 has them. */
  private static Object interval(Binary value) {
    ByteBuffer bytes = littleEndian(value);
    long months = Integer.toUnsignedLong(bytes.getInt());
    long days = Integer.toUnsignedLong(bytes.getInt());
    BigDecimal seconds = BigDecimal.valueOf(Integer.toUnsignedLong(bytes.getInt()), 3);
    return "P" + months + "M" + days + "DT" + seconds.toPlainString() + "S";
  }

  /** What older writers took for instants: nanoseconds of a day, and its Julian number. */
  private static Object int96(Binary value) {
    ByteBuffer bytes = littleEndian(value);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - JULIAN_DAY_OF_EPOCH;
    return day * MILLIS_OF_DAY + Math.floorDiv(nanos, 1_000_000L);
  }

  private static float float16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0x1F) {
      return Float.intBitsToFloat(sign | 0x7F80_0000 | fraction << 13);
    } else if (exponent == 0) {
      float small = fraction * 0x1p-24f;
      return sign < 0 ? -small : small;
    }
    return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
  }

  private static ByteBuffer littleEndian(Binary value) {
    return value.toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean hasDictionarySupport() {
    return binary;
  }

  @Override
  public void setDictionary(Dictionary values) {
    dictionary = new Object[values.getMaxId() + 1];
    for (int i = 0; i < dictionary.length; i++) {
      dictionary[i] = ofBinary.apply(values.decodeToBinary(i));
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    into.accept(dictionary[id]);
  }

  @Override
  public void addBinary(Binary value) {
    into.accept(ofBinary.apply(value));
  }

  @Override
  public void addBoolean(boolean value) {
    into.accept(value);
  }

  @Override
  public void addDouble(double value) {
    into.accept(value);
  }

  @Override
  public void addFloat(float value) {
    into.accept(value);
  }

  @Override
  public void addInt(int value) {
    into.accept(ofInt.apply(value));
  }

  @Override
  public void addLong(long value) {
    into.accept(ofLong.apply(value));
  }
}
