package io.duckpond.query;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The cells of a result as plain values: text, numbers, booleans, bytes, instants, lists. */
final class Cells {

  private static final DateTimeFormatter SQL_INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ResultSet rows;
  private final ResultSetMetaData columns;
  private final Map<String, String> labels;
  private final Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);

  Cells(ResultSet rows, Map<String, String> labels) throws SQLException {
    this.rows = rows;
    this.labels = labels;
    this.columns = rows.getMetaData();
  }

  /** Goes to the next row; returns false if there is none. */
  boolean next() throws SQLException {
    return rows.next();
  }

  int count() throws SQLException {
    return columns.getColumnCount();
  }

  /** Returns the columns' names, made unique by a number where they are not. */
  List<String> names() throws SQLException {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 1; i <= count(); i++) {
      String given = columns.getColumnLabel(i);
      String label = labels.getOrDefault(given, given);
      String name = label;
      for (int n = 2; !taken.add(name); n++) {
        name = label + "_" + n;
      }
      names.add(name);
    }
    return names;
  }

  /** Returns whether a column, from 1, holds numbers. */
  boolean isNumber(int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC ->
          true;
      default -> false;
    };
  }

  /** Returns a value of the present row: of the column from 1. */
  @Nullable Object get(int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.TIMESTAMP -> instant(rows.getTimestamp(column, utc));
      case Types.DATE -> {
        Instant midnight = instant(rows.getDate(column, utc));
        yield midnight == null ? plain(null) : LocalDate.ofInstant(midnight, ZoneOffset.UTC);
      }
      case Types.TIME -> {
        Instant time = instant(rows.getTime(column, utc));
        yield time == null ? plain(null) : LocalTime.ofInstant(time, ZoneOffset.UTC);
      }
      default -> plain(rows.getObject(column));
    };
  }

  // Date and Time refuse toInstant.
  private static @Nullable Instant instant(java.util.@Nullable Date date) {
    if (date == null) {
      return null;
    }
    return Instant.ofEpochMilli(date.getTime());
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    if (value instanceof ByteString bytes) {
      return bytes.getBytes();
    } else if (value instanceof Array array) {
      return plain(array.getArray());
    } else if (value instanceof Struct struct) {
      return plain(struct.getAttributes());
    } else if (value != null && value.getClass().isArray() && !(value instanceof byte[])) {
      List<@Nullable Object> all = new ArrayList<>();
      for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
        all.add(plain(java.lang.reflect.Array.get(value, i)));
      }
      return all;
    } else if (value instanceof List<?> values) {
      List<@Nullable Object> all = new ArrayList<>();
      for (Object each : values) {
        all.add(plain(each));
      }
      return all;
    }
    return value;
  }

  /** Returns an instant as SQL writes it, in UTC. */
  static String sqlInstant(Instant instant) {
    return SQL_INSTANT.format(instant);
  }
}
