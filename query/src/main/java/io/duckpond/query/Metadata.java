package io.duckpond.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The top-level numbers and texts of a row's {@code metadata}. */
record Metadata(Map<String, String> values) {

  private static final JsonFactory JSON = new JsonFactory();

  Metadata {
    values = Map.copyOf(values);
  }

  /** Reads JSON; what is no object has no values, for the log shows whatever it holds. */
  static Metadata parse(String json) {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (parser.nextToken().isScalarValue()) {
            values.put(name, parser.getText());
          } else {
            parser.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      return new Metadata(Map.of());
    }
    return new Metadata(values);
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  @Nullable Long number(String name) {
    String value = values.get(name);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
