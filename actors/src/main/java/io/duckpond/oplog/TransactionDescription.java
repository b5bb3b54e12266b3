package io.duckpond.oplog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.duckpond.journal.disk.DamageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes that the journal stores with each transaction: a JSON object in UTF-8 of command,
 * message, user, operations, partitions, entries and bytes. Unknown keys are passed over, missing
 * ones are empty or 0.
 */
final class TransactionDescription {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String COMMAND = "command";
  private static final String MESSAGE = "message";
  private static final String USER = "user";
  private static final String OPERATIONS = "operations";
  private static final String PARTITIONS = "partitions";
  private static final String ENTRIES = "entries";
  private static final String BYTES = "bytes";

  private TransactionDescription() {}

  static byte[] encode(TransactionRow row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField(COMMAND, row.command());
      json.writeStringField(MESSAGE, row.message());
      json.writeStringField(USER, row.user());
      json.writeNumberField(OPERATIONS, row.operations());
      json.writeNumberField(PARTITIONS, row.partitions());
      json.writeNumberField(ENTRIES, row.entries());
      json.writeNumberField(BYTES, row.bytes());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  static TransactionRow decode(byte[] description, long txnSeq, long timestampMicros) {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    try (JsonParser json = JSON.createParser(description)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new DamageException("transaction [" + txnSeq + "] has no description in JSON");
      }
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        switch (json.nextToken()) {
          case VALUE_STRING -> texts.put(key, json.getText());
          case VALUE_NUMBER_INT -> numbers.put(key, json.getLongValue());
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new DamageException(
          "transaction [" + txnSeq + "] has no description in JSON: " + e.getMessage(), e);
    }
    return new TransactionRow(
        txnSeq,
        timestampMicros,
        texts.getOrDefault(COMMAND, ""),
        texts.getOrDefault(MESSAGE, ""),
        texts.getOrDefault(USER, ""),
        numbers.getOrDefault(OPERATIONS, 0L),
        numbers.getOrDefault(PARTITIONS, 0L),
        numbers.getOrDefault(ENTRIES, 0L),
        numbers.getOrDefault(BYTES, 0L));
  }
}
