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
import java.util.function.Consumer;

/** The log as lines: transactions, the share of each partition in them, and its rows. */
public final class LogLines {
  private final OplogReader reader;
  private final Names names;
  private final Consumer<String> lines;
  private long printed;

  /** Lines of what {@code reader} reads, handed to {@code lines}. */
  public LogLines(OplogReader reader, Names names, Consumer<String> lines) {
    this.reader = reader;
    this.names = names;
    this.lines = lines;
  }

  /** Prints that part of the log, oldest first. */
  public void print(LogFilter filter) {
    LogShares.read(reader, filter, this::detailsOf, this::print);
  }

  private void print(Share<String> share) {
    OplogRow first = share.first();
    if (first.txnSeq() != printed) {
      printTransaction(first, share.transaction());
      printed = first.txnSeq();
    }
    lines.accept(
        (first.attachment() ? "  attachment" : "  event")
            + " part="
            + first.partId()
            + (first.seqNr() == 0
                ? "  staged"
                : "  versions " + first.seqNr() + ".." + share.lastVersion())
            + "  "
            + Sizes.count(share.count(), "entry")
            + "  "
            + Sizes.bytes(share.bytes()));
    share.details().forEach(lines);
  }

  private void printTransaction(OplogRow row, Optional<TransactionRow> described) {
    lines.accept(
        ("transaction "
                + row.txnSeq()
                + "  "
                + Times.utc(Times.ofMicros(row.timestampMicros()))
                + "  "
                + names.show(described.map(TransactionRow::command).orElse("")))
            .stripTrailing());
    described
        .map(TransactionRow::message)
        .filter(message -> !message.isEmpty())
        .ifPresent(message -> lines.accept("  message  " + names.show(message)));
  }

  private List<String> detailsOf(OplogRow row) {
    String seqNr = row.seqNr() == 0 ? "-" : Long.toString(row.seqNr());
    String type = row.type().storedName();
    String start =
        " ".repeat(Math.max(0, 5 - seqNr.length()))
            + seqNr
            + "  "
            + type
            + " ".repeat(Math.max(0, 9 - type.length()))
            + "  "
            + row.nodeId()
            + "  ";
    if (row.type() == NodeType.SYMLINK) {
      return List.of(start + names.show(new String(row.content(), StandardCharsets.UTF_8)));
    }
    if (row.type() != NodeType.DIRECTORY) {
      return List.of(start + fileDetails(row));
    }
    List<DirectoryEntry> changes = reader.changes(row);
    return changes.isEmpty()
        ? List.of(start + "no names changed")
        : changes.stream().map(change -> start + change(change)).toList();
  }

  private static String fileDetails(OplogRow row) {
    String bytes =
        LogShares.field("size", row.metadata())
            .map(size -> Sizes.bytes(Long.parseLong(size)))
            .orElse(Sizes.bytes(row.content().length));
    return "v"
        + LogShares.field("version", row.metadata()).orElse("?")
        + " "
        + bytes
        + LogShares.field("sha256", row.metadata()).map(hash -> " sha256 " + hash).orElse("");
  }

  private String change(DirectoryEntry change) {
    String what =
        names.show(change.name().value())
            + " "
            + change.entry().type().storedName()
            + " "
            + change.entry().child().hex();
    if (change instanceof DirectoryEntry.Put) {
      return "put " + what;
    }
    if (change instanceof DirectoryEntry.MovedIn in) {
      return "moved-in " + what + " from " + names.show(in.fromName().value()) + " in " + in.from();
    }
    if (change instanceof DirectoryEntry.MovedOut out) {
      return "moved-out " + what + " to " + names.show(out.toName().value()) + " in " + out.to();
    }
    return "remove " + what;
  }
}
