package io.duckpond.dynamic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the log has of a dynamic node: {@code {"factory":"glob","config":{…}}}, in UTF-8, as its
 * content.
 */
public record Definition(String factory, Configuration configuration) {

  /** Reads stored bytes; throws {@link IllegalArgumentException} if they are no definition. */
  public static Definition of(byte[] bytes) {
    JsonNode stored = Configuration.parse(new String(bytes, UTF_8)).object();
    JsonNode factory = stored.get("factory");
    JsonNode config = stored.get("config");
    if (factory == null || !factory.isTextual() || config == null || !config.isObject()) {
      throw new IllegalArgumentException("no definition of a dynamic node");
    }
    return new Definition(factory.textValue(), new Configuration(config));
  }

  /** Returns the bytes to store. */
  public byte[] bytes() {
    ObjectNode stored = JsonNodeFactory.instance.objectNode();
    stored.put("factory", factory);
    stored.set("config", configuration.object());
    return stored.toString().getBytes(UTF_8);
  }
}
