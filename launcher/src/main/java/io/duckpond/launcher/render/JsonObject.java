package io.duckpond.launcher.render;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A JSON object on one line, its members in the order in which they were put. Whatever a name holds
 * comes out as valid JSON that no terminal acts upon: control and formatting characters and lone
 * surrogates are escaped, all else is written as it is. What does not apply is {@code null}, so
 * that objects of one kind have the same members. For one thread.
 */
public final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  /** Puts a text. */
  public JsonObject put(String name, String value) {
    return raw(name, quote(value));
  }

  /** Puts a number. */
  public JsonObject put(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** Puts a truth value. */
  public JsonObject put(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  /** Puts an instant, as ISO 8601 in UTC with as many digits as it has. */
  public JsonObject put(String name, Instant value) {
    return raw(name, quote(value.toString()));
  }

  /** Puts an object. */
  public JsonObject put(String name, JsonObject value) {
    return raw(name, value.toString());
  }

  /** Puts a text, or null. */
  public JsonObject putText(String name, Optional<String> value) {
    return raw(name, value.map(JsonObject::quote).orElse("null"));
  }

  /** Puts a number, or null. */
  public JsonObject putNumber(String name, OptionalLong value) {
    return raw(name, value.isPresent() ? Long.toString(value.getAsLong()) : "null");
  }

  /** Puts an object, or null. */
  public JsonObject putObject(String name, Optional<JsonObject> value) {
    return raw(name, value.map(JsonObject::toString).orElse("null"));
  }

  /** Puts an array of texts. */
  public JsonObject putTexts(String name, List<String> values) {
    return raw(name, array(values.stream().map(JsonObject::quote).toList()));
  }

  /** Puts an array of objects. */
  public JsonObject putObjects(String name, List<JsonObject> values) {
    return raw(name, array(values.stream().map(JsonObject::toString).toList()));
  }

  /** Puts an object of numbers, in the map's order. */
  public JsonObject putNumbers(String name, Map<String, Long> values) {
    JsonObject numbers = new JsonObject();
    values.forEach(numbers::put);
    return put(name, numbers);
  }

  /** Returns the object as JSON, without a line end. */
  @Override
  public String toString() {
    return text + "}";
  }

  private JsonObject raw(String name, String value) {
    text.append(text.length() == 1 ? "" : ",").append(quote(name)).append(':').append(value);
    return this;
  }

  private static String array(List<String> values) {
    return values.stream().collect(Collectors.joining(",", "[", "]"));
  }

  private static String quote(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    value.codePoints().forEach(point -> append(quoted, point));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int point) {
    switch (point) {
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (Names.isSafe(point)) {
          quoted.appendCodePoint(point);
        } else {
          for (char unit : Character.toChars(point)) {
            quoted.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              quoted.append(Character.forDigit(unit >> shift & 0xf, 16));
            }
          }
        }
      }
    }
  }
}
