package io.duckpond.dynamic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** The configuration of a dynamic node: a JSON object. Immutable. */
public final class Configuration {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final JsonNode object;

  Configuration(JsonNode object) {
    this.object = object;
  }

  /** Reads a JSON object; throws {@link IllegalArgumentException} if it is none. */
  public static Configuration parse(String json) {
    JsonNode read;
    try {
      read = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
    if (read == null || !read.isObject()) {
      throw new IllegalArgumentException("no JSON object");
    }
    return new Configuration(read);
  }

  /** Returns a text, or throws {@link IllegalArgumentException} if there is none. */
  public String text(String key) {
    return optionalText(key)
        .orElseThrow(() -> new IllegalArgumentException("'" + key + "' is missing"));
  }

  /** Returns a text, or throws {@link IllegalArgumentException} if it is something else. */
  public Optional<String> optionalText(String key) {
    JsonNode value = object.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'" + key + "' is no text");
    }
    return Optional.of(value.textValue());
  }

  /** Throws {@link IllegalArgumentException} if there are other keys than these. */
  public Configuration demandOnly(String... keys) {
    Set<String> known = Set.of(keys);
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new IllegalArgumentException("'" + name + "' is unknown");
      }
    }
    return this;
  }

  JsonNode object() {
    return object;
  }

  /** Returns the object as JSON. */
  @Override
  public String toString() {
    return object.toString();
  }
}
