package io.duckpond.journal.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import java.util.Optional;

/**
 * What every commit of ours says of the table in its domain metadata.
 *
 * @param txnSeq the last transaction; 0 if there is none
 * @param timestampMicros its time, microseconds since the epoch
 * @param chain digest of the log entry before; zeros in the first
 * @param writer identifies the open table that wrote the commit
 * @param inventory what data files the version lists
 * @param properties digest of the table's properties; empty in the first, which makes them
 */
public record JournalHead(
    long txnSeq,
    long timestampMicros,
    Sha256 chain,
    String writer,
    Inventory inventory,
    Optional<Sha256> properties) {
  /** The domain that it stands under. */
  public static final String DOMAIN = "io.duckpond.journal";

  /** What the first entry says that it follows. */
  public static final Sha256 NO_ENTRY = new Sha256(0, 0, 0, 0);

  private static final ObjectMapper JSON = new ObjectMapper();

  String format() {
    ObjectNode node = JSON.createObjectNode();
    node.put("txn_seq", txnSeq);
    node.put("timestamp", timestampMicros);
    node.put("chain", chain.hex());
    node.put("writer", writer);
    node.put("files", inventory.files());
    node.put("files_sum", inventory.sum().hex());
    properties.ifPresent(digest -> node.put("properties", digest.hex()));
    return node.toString();
  }

  static JournalHead parse(String configuration, String where) {
    try {
      JsonNode node = JSON.readTree(configuration);
      return new JournalHead(
          node.required("txn_seq").asLong(),
          node.required("timestamp").asLong(),
          Sha256.parse(node.required("chain").asText()),
          node.required("writer").asText(),
          new Inventory(
              node.required("files").asLong(), Sha256.parse(node.required("files_sum").asText())),
          Optional.ofNullable(node.get("properties")).map(JsonNode::asText).map(Sha256::parse));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new DamageException(
          where + " is damaged: expected domain metadata " + DOMAIN + ", found " + configuration,
          e);
    }
  }
}
