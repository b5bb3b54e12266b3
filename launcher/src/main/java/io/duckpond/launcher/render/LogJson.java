package io.duckpond.launcher.render;

import io.duckpond.launcher.render.LogShares.Share;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.TransactionRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The log as JSON: the members are named as the columns of its tables. */
public final class LogJson {
  private LogJson() {}

  /** Returns what a transaction says of itself. */
  public static JsonObject transaction(TransactionRow row) {
    return new JsonObject()
        .put("txn_seq", row.txnSeq())
        .put("timestamp", Times.ofMicros(row.timestampMicros()))
        .put("command", row.command())
        .put("message", row.message())
        .put("user", row.user())
        .put("operations", row.operations())
        .put("partitions", row.partitions())
        .put("entries", row.entries())
        .put("bytes", row.bytes());
  }

  /** Hands out that part of the log, oldest first: an object for each share of a partition. */
  public static void read(OplogReader reader, LogFilter filter, Consumer<JsonObject> sink) {
    LogShares.read(
        reader, filter, row -> List.of(row(reader, row)), share -> sink.accept(share(share)));
  }

  private static JsonObject share(Share<JsonObject> share) {
    OplogRow first = share.first();
    boolean staged = first.seqNr() == 0;
    return new JsonObject()
        .put("txn_seq", first.txnSeq())
        .put("timestamp", Times.ofMicros(first.timestampMicros()))
        .putText("command", share.transaction().map(TransactionRow::command))
        .putText("message", share.transaction().map(TransactionRow::message))
        .put("kind", first.attachment() ? "attachment" : "event")
        .put("part_id", first.partId())
        .putNumber("first_version", staged ? OptionalLong.empty() : OptionalLong.of(first.seqNr()))
        .putNumber("version", staged ? OptionalLong.empty() : OptionalLong.of(share.lastVersion()))
        .put("count", share.count())
        .put("bytes", share.bytes())
        .putObjects("entries", share.details());
  }

  private static JsonObject row(OplogReader reader, OplogRow row) {
    boolean link = row.type() == NodeType.SYMLINK;
    return new JsonObject()
        .putNumber("seq_nr", row.seqNr() == 0 ? OptionalLong.empty() : OptionalLong.of(row.seqNr()))
        .put("file_type", row.type().storedName())
        .put("node_id", row.nodeId())
        .putNumber("version", number("version", row))
        .putNumber("size", number("size", row))
        .putText("sha256", LogShares.field("sha256", row.metadata()))
        .putText(
            "target",
            link
                ? Optional.of(new String(row.content(), StandardCharsets.UTF_8))
                : Optional.empty())
        .putObjects(
            "changes",
            row.type() == NodeType.DIRECTORY
                ? reader.changes(row).stream().map(LogJson::change).toList()
                : List.of());
  }

  private static OptionalLong number(String name, OplogRow row) {
    return LogShares.field(name, row.metadata())
        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
        .orElse(OptionalLong.empty());
  }

  private static JsonObject change(DirectoryEntry change) {
    Optional<DirectoryEntry.MovedIn> in =
        change instanceof DirectoryEntry.MovedIn moved ? Optional.of(moved) : Optional.empty();
    Optional<DirectoryEntry.MovedOut> out =
        change instanceof DirectoryEntry.MovedOut moved ? Optional.of(moved) : Optional.empty();
    String what =
        in.isPresent()
            ? "moved-in"
            : out.isPresent() ? "moved-out" : change.after().isPresent() ? "put" : "remove";
    return new JsonObject()
        .put("change", what)
        .put("name", change.name().value())
        .put("child_node_id", change.entry().child().hex())
        .put("entry_type", change.entry().type().storedName())
        .putText("from_part_id", in.map(moved -> moved.from().hex()))
        .putText("from_name", in.map(moved -> moved.fromName().value()))
        .putText("to_part_id", out.map(moved -> moved.to().hex()))
        .putText("to_name", out.map(moved -> moved.toName().value()));
  }
}
