package io.duckpond.oplog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON object of a row's {@code metadata}: a few numbers and digests, unknown keys kept. */
final class EntryMetadata {
  static final String EMPTY = "{}";

  private static final String VERSION = "version";
  private static final String SIZE = "size";
  private static final String SHA256 = "sha256";
  private static final String BLOCKS = "blocks";
  private static final String MODE = "mode";
  private static final String MODIFIED = "modified";
  private static final String PIECES = "pieces";
  private static final JsonFactory JSON = new JsonFactory();

  private final String json;
  private final Map<String, String> values;

  private EntryMetadata(String json, Map<String, String> values) {
    this.json = json;
    this.values = values;
  }

  // Written by hand: numbers and hexadecimal digits need no escaping.

  static String ofOwn(Attributes own) {
    return "{\"mode\":" + own.mode() + ",\"modified\":" + own.modifiedNanos() + "}";
  }

  static String ofSnapshot(int pieces, Optional<Attributes> own) {
    String root = own.map(EntryMetadata::ofOwn).map(json -> "," + json.substring(1)).orElse("}");
    return "{\"pieces\":" + pieces + root;
  }

  static String ofLink(long version) {
    return "{\"version\":" + version + "}";
  }

  static String ofFile(long version, long size, Sha256 sha256) {
    return "{\"version\":" + version + ",\"size\":" + size + ",\"sha256\":\"" + sha256 + "\"}";
  }

  static String ofPieces(long version, long size, Sha256 sha256, int pieces) {
    String file = ofFile(version, size, sha256);
    return file.substring(0, file.length() - 1) + ",\"pieces\":" + pieces + "}";
  }

  static String ofLargeFile(long version, long size, Sha256 sha256, Sha256 blocks) {
    String file = ofFile(version, size, sha256);
    return file.substring(0, file.length() - 1) + ",\"blocks\":\"" + blocks + "\"}";
  }

  /** Returns the values of a JSON object; anything else is a {@link DamageException}. */
  static EntryMetadata parse(String json) {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DamageException("metadata is no JSON object: " + json);
      }
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        parser.nextToken();
        parser.skipChildren();
        values.put(key, parser.getText());
      }
    } catch (IOException e) {
      throw new DamageException("metadata is no JSON object: " + json, e);
    }
    return new EntryMetadata(json, values);
  }

  long version() {
    return number(VERSION);
  }

  long size() {
    return number(SIZE);
  }

  Sha256 sha256() {
    return digest(SHA256);
  }

  Sha256 blocks() {
    return digest(BLOCKS);
  }

  long pieces() {
    return number(PIECES);
  }

  boolean listsPieces() {
    return values.containsKey(PIECES);
  }

  /** Returns a directory's own attributes, which only the root's rows have. */
  Optional<Attributes> own() {
    if (!values.containsKey(MODE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Attributes(Math.toIntExact(number(MODE)), number(MODIFIED)));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new DamageException("metadata has impossible attributes: " + json, e);
    }
  }

  private long number(String key) {
    try {
      return Long.parseLong(text(key));
    } catch (NumberFormatException e) {
      throw new DamageException("metadata has no number '" + key + "': " + json, e);
    }
  }

  private Sha256 digest(String key) {
    try {
      return Sha256.parse(text(key));
    } catch (IllegalArgumentException e) {
      throw new DamageException("metadata has no digest '" + key + "': " + json, e);
    }
  }

  private String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new DamageException("metadata has no '" + key + "': " + json);
    }
    return value;
  }
}
