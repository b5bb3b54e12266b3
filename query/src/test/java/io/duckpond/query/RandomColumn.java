package io.duckpond.query;

import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.OriginalType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A kind of column with values by chance.
 *
 * @param maker writes a value into a row and returns it as CSV has it
 */
record RandomColumn(Shape shape, Maker maker) {

  interface Shape {
    Type named(String name, Repetition repetition);
  }

  interface Maker {
    String make(Group row, String name, Random random);
  }

  private static final long NANOS_OF_DAY = 86_400_000_000_000L;

  private static RandomColumn of(
      PrimitiveTypeName type, @Nullable LogicalTypeAnnotation logical, Maker maker) {
    return new RandomColumn(
        (name, repetition) -> Types.primitive(type, repetition).as(logical).named(name), maker);
  }

  private static RandomColumn fixed(
      int length, @Nullable LogicalTypeAnnotation logical, Maker maker) {
    return new RandomColumn(
        (name, repetition) ->
            Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
                .length(length)
                .as(logical)
                .named(name),
        maker);
  }

  private static Maker ints(int from, int to) {
    return (row, name, random) -> {
      int value = (int) (from + (long) (random.nextDouble() * ((long) to - from + 1)));
      row.add(name, value);
      return String.valueOf(value);
    };
  }

  private static final Maker LONGS =
      (row, name, random) -> {
        long value = random.nextLong() >> random.nextInt(60);
        row.add(name, value);
        return String.valueOf(value);
      };

  private static final Maker TEXTS =
      (row, name, random) -> {
        String value = random.nextInt(3) == 0 ? "naïve 🦆 " + random.nextInt() : few(random);
        row.add(name, value);
        return value;
      };

  private static String few(Random random) {
    return "t" + random.nextInt(7);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Maker instants(TimeUnit unit) {
    long perMilli = unit == TimeUnit.MILLIS ? 1 : unit == TimeUnit.MICROS ? 1_000 : 1_000_000;
    return (row, name, random) -> {
      long value = (random.nextLong() % 4_000_000_000_000L) * perMilli;
      value += perMilli == 1 ? 0 : random.nextInt((int) perMilli);
      row.add(name, value);
      return Cells.sqlInstant(Instant.ofEpochMilli(Math.floorDiv(value, perMilli)));
    };
  }

  private static String time(long nanos) {
    return LocalTime.ofNanoOfDay(nanos / 1_000_000 * 1_000_000).toString();
  }

  private static byte[] sized(BigInteger value, int length) {
    byte[] bytes = new byte[length];
    byte[] least = value.toByteArray();
    Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
    System.arraycopy(least, 0, bytes, length - least.length, least.length);
    return bytes;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static final @Nullable LogicalTypeAnnotation NONE = null;

  /** All kinds that there are. */
  static final List<RandomColumn> ALL =
      List.of(
          of(BOOLEAN, NONE, RandomColumn::bool),
          of(INT32, NONE, ints(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          of(INT32, intType(8, true), ints(-128, 127)),
          of(INT32, intType(16, true), ints(-32768, 32767)),
          of(INT32, intType(32, true), ints(-5, 5)),
          of(INT32, intType(8, false), ints(0, 255)),
          of(INT32, intType(16, false), ints(0, 65535)),
          of(
              INT32,
              intType(32, false),
              (row, name, random) -> {
                int value = random.nextInt();
                row.add(name, value);
                return Integer.toUnsignedString(value);
              }),
          of(INT64, NONE, LONGS),
          of(INT64, intType(64, true), LONGS),
          of(
              INT64,
              intType(64, false),
              (row, name, random) -> {
                long value = random.nextLong();
                row.add(name, value);
                return Long.toUnsignedString(value);
              }),
          of(
              FLOAT,
              NONE,
              (row, name, random) -> {
                float value = random.nextInt(9) == 0 ? Float.NaN : random.nextFloat() - 0.5f;
                row.add(name, value);
                return String.valueOf(value);
              }),
          of(
              DOUBLE,
              NONE,
              (row, name, random) -> {
                double value = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
                row.add(name, value);
                return String.valueOf(value);
              }),
          of(
              INT32,
              decimalType(2, 9),
              (row, name, random) -> {
                int value = random.nextInt(1_999_999_999) - 999_999_999;
                row.add(name, value);
                return BigDecimal.valueOf(value, 2).toString();
              }),
          of(
              INT64,
              decimalType(6, 18),
              (row, name, random) -> {
                long value = random.nextLong() % 1_000_000_000_000_000_000L;
                row.add(name, value);
                return BigDecimal.valueOf(value, 6).toString();
              }),
          of(
              BINARY,
              decimalType(3, 38),
              (row, name, random) -> {
                BigInteger value = new BigInteger(1 + random.nextInt(120), random).negate();
                row.add(name, Binary.fromConstantByteArray(value.toByteArray()));
                return new BigDecimal(value, 3).toString();
              }),
          fixed(
              13,
              decimalType(0, 30),
              (row, name, random) -> {
                BigInteger value = new BigInteger(90, random);
                row.add(name, Binary.fromConstantByteArray(sized(value, 13)));
                return value.toString();
              }),
          of(
              BINARY,
              decimalType(1, 60),
              (row, name, random) -> {
                BigInteger value = new BigInteger(190, random);
                row.add(name, Binary.fromConstantByteArray(value.toByteArray()));
                return new BigDecimal(value, 1).toPlainString();
              }),
          of(
              INT32,
              LogicalTypeAnnotation.dateType(),
              (row, name, random) -> {
                int value = random.nextInt(60_000) - 20_000;
                row.add(name, value);
                return LocalDate.ofEpochDay(value).toString();
              }),
          of(
              INT32,
              timeType(true, TimeUnit.MILLIS),
              (row, name, random) -> {
                int value = random.nextInt(86_400_000);
                row.add(name, value);
                return time(value * 1_000_000L);
              }),
          of(
              INT64,
              timeType(false, TimeUnit.MICROS),
              (row, name, random) -> {
                long value = (long) (random.nextDouble() * NANOS_OF_DAY) / 1000;
                row.add(name, value);
                return time(value * 1000);
              }),
          of(
              INT64,
              timeType(true, TimeUnit.NANOS),
              (row, name, random) -> {
                long value = (long) (random.nextDouble() * NANOS_OF_DAY);
                row.add(name, value);
                return time(value);
              }),
          of(INT64, timestampType(true, TimeUnit.MILLIS), instants(TimeUnit.MILLIS)),
          of(INT64, timestampType(false, TimeUnit.MICROS), instants(TimeUnit.MICROS)),
          of(INT64, timestampType(true, TimeUnit.NANOS), instants(TimeUnit.NANOS)),
          of(
              INT96,
              NONE,
              (row, name, random) -> {
                long day = random.nextInt(40_000) - 10_000;
                long nanos = (long) (random.nextDouble() * NANOS_OF_DAY);
                byte[] value = little(12).putLong(nanos).putInt((int) (day + 2_440_588)).array();
                row.add(name, Binary.fromConstantByteArray(value));
                return Cells.sqlInstant(Instant.ofEpochMilli(day * 86_400_000 + nanos / 1_000_000));
              }),
          of(BINARY, LogicalTypeAnnotation.stringType(), TEXTS),
          of(BINARY, LogicalTypeAnnotation.enumType(), TEXTS),
          of(BINARY, LogicalTypeAnnotation.jsonType(), TEXTS),
          of(
              BINARY,
              NONE,
              (row, name, random) -> {
                byte[] value = bytes(random, random.nextInt(20) + 1);
                row.add(name, Binary.fromConstantByteArray(value));
                return HexFormat.of().formatHex(value);
              }),
          fixed(
              5,
              NONE,
              (row, name, random) -> {
                byte[] value = bytes(random, 5);
                row.add(name, Binary.fromConstantByteArray(value));
                return HexFormat.of().formatHex(value);
              }),
          fixed(
              16,
              LogicalTypeAnnotation.uuidType(),
              (row, name, random) -> {
                byte[] value = bytes(random, 16);
                row.add(name, Binary.fromConstantByteArray(value));
                ByteBuffer read = ByteBuffer.wrap(value);
                return new UUID(read.getLong(), read.getLong()).toString();
              }),
          fixed(
              2,
              LogicalTypeAnnotation.float16Type(),
              (row, name, random) -> {
                int eighths = random.nextInt(400) - 200;
                float value = eighths / 8f;
                // Ten bits of fraction, of which a few eighths need no more than eight.
                int bits = Float.floatToIntBits(value);
                int half =
                    eighths == 0
                        ? 0
                        : bits >>> 16 & 0x8000
                            | ((bits >>> 23 & 0xFF) - 112) << 10
                            | bits >>> 13 & 0x3FF;
                row.add(
                    name, Binary.fromConstantByteArray(little(2).putShort((short) half).array()));
                return String.valueOf(value);
              }),
          fixed(
              12,
              IntervalType.ANNOTATION,
              (row, name, random) -> {
                int months = random.nextInt(99);
                int days = random.nextInt(99);
                int millis = random.nextInt(99_999);
                row.add(
                    name,
                    Binary.fromConstantByteArray(
                        little(12).putInt(months).putInt(days).putInt(millis).array()));
                return "P%dM%dDT%sS"
                    .formatted(months, days, BigDecimal.valueOf(millis, 3).toPlainString());
              }),
          new RandomColumn(
              (name, repetition) -> Types.list(repetition).optionalElement(INT32).named(name),
              RandomColumn::list),
          new RandomColumn(
              (name, repetition) ->
                  Types.buildGroup(repetition)
                      .required(INT64)
                      .named("x")
                      .optional(BINARY)
                      .as(LogicalTypeAnnotation.stringType())
                      .named("y")
                      .named(name),
              RandomColumn::struct),
          new RandomColumn(
              (name, repetition) ->
                  Types.map(repetition)
                      .key(BINARY)
                      .as(LogicalTypeAnnotation.stringType())
                      .optionalValue(INT32)
                      .as(LogicalTypeAnnotation.dateType())
                      .named(name),
              RandomColumn::map));

  /** Parquet has no builder for it. */
  private static final class IntervalType {
    static final LogicalTypeAnnotation ANNOTATION =
        LogicalTypeAnnotation.fromOriginalType(OriginalType.INTERVAL, null);
  }

  private static String bool(Group row, String name, Random random) {
    boolean value = random.nextBoolean();
    row.add(name, value);
    return String.valueOf(value);
  }

  private static String list(Group row, String name, Random random) {
    Group list = row.addGroup(name);
    StringBuilder json = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      Group element = list.addGroup("list");
      json.append(json.length() > 1 ? "," : "");
      if (random.nextInt(3) == 0) {
        json.append("null");
      } else {
        int value = random.nextInt(9);
        element.add("element", value);
        json.append(value);
      }
    }
    return json.append(']').toString();
  }

  private static String struct(Group row, String name, Random random) {
    Group struct = row.addGroup(name);
    long x = random.nextInt(99);
    struct.add("x", x);
    if (random.nextBoolean()) {
      return "{\"x\":" + x + ",\"y\":null}";
    }
    struct.add("y", few(random) + "\"");
    return "{\"x\":" + x + ",\"y\":\"" + struct.getString("y", 0).replace("\"", "\\\"") + "\"}";
  }

  private static String map(Group row, String name, Random random) {
    Group map = row.addGroup(name);
    StringBuilder json = new StringBuilder("{");
    for (int i = random.nextInt(3); i > 0; i--) {
      Group pair = map.addGroup("key_value");
      pair.add("key", "k" + i);
      json.append(json.length() > 1 ? "," : "").append("\"k").append(i).append("\":");
      if (random.nextBoolean()) {
        json.append("null");
      } else {
        int day = random.nextInt(30_000);
        pair.add("value", day);
        json.append('"').append(LocalDate.ofEpochDay(day)).append('"');
      }
    }
    return json.append('}').toString();
  }
}
