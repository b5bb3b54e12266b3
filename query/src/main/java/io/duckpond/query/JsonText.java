package io.duckpond.query;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON. */
final class JsonText {

  private JsonText() {}

  /** Returns a value as JSON. */
  static String of(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    value(text, value);
    return text.toString();
  }

  /** Appends any value: a number, a text, bytes in hexadecimal, an instant, a list, a map. */
  static void value(StringBuilder line, @Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      line.append(value);
    } else if (value instanceof Number number) {
      number(line, number);
    } else if (value instanceof byte[] bytes) {
      string(line, HexFormat.of().formatHex(bytes));
    } else if (value instanceof Instant instant) {
      string(line, Cells.sqlInstant(instant).replace(' ', 'T') + "Z");
    } else if (value instanceof List<?> list) {
      line.append('[');
      String comma = "";
      for (Object each : list) {
        value(line.append(comma), each);
        comma = ",";
      }
      line.append(']');
    } else if (value instanceof Map<?, ?> map) {
      line.append('{');
      String comma = "";
      for (Map.Entry<?, ?> each : map.entrySet()) {
        string(line.append(comma), String.valueOf(each.getKey()));
        value(line.append(':'), each.getValue());
        comma = ",";
      }
      line.append('}');
    } else {
      string(line, value.toString());
    }
  }

  // JSON has no word for what is no finite number.
  private static void number(StringBuilder line, Number number) {
    if (Double.isFinite(number.doubleValue())) {
      line.append(number);
    } else {
      string(line, number.toString());
    }
  }

  /** Appends a text in quotes. */
  static void string(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7F) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }
}
