package io.duckpond.launcher.render;

import io.duckpond.node.NodeType;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.TransactionRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log as lines: transactions, the share of each partition in them, and its rows. */
public final class LogLines {
  private final OplogReader reader;
  private final Names names;
  private final Consumer<String> lines;

  /** Lines of what {@code reader} reads, handed to {@code lines}. */
  public LogLines(OplogReader reader, Names names, Consumer<String> lines) {
    this.reader = reader;
    this.names = names;
    this.lines = lines;
  }

  /**
   * Prints that part of the log, oldest first; holds the rows of one partition's share at a time.
   */
  public void print(LogFilter filter) {
    Map<Long, TransactionRow> transactions = new HashMap<>();
    LogFilter anyPartition =
        new LogFilter(Optional.empty(), filter.fromTxnSeq(), filter.toTxnSeq());
    try (Stream<TransactionRow> rows = reader.transactions(anyPartition)) {
      rows.forEach(row -> transactions.put(row.txnSeq(), row));
    }
    try (Stream<OplogRow> rows = reader.entries(filter, OplogReader.Bytes.READ)) {
      Share share = new Share();
      long printed = 0;
      for (OplogRow row : (Iterable<OplogRow>) rows::iterator) {
        if (!share.takes(row)) {
          share.print();
          share = new Share();
        }
        if (row.txnSeq() != printed) {
          share.print();
          printTransaction(row, transactions);
          printed = row.txnSeq();
        }
        share.add(row);
      }
      share.print();
    }
  }

  private void printTransaction(OplogRow row, Map<Long, TransactionRow> transactions) {
    TransactionRow described = transactions.get(row.txnSeq());
    String command = described == null ? "" : described.command();
    lines.accept(
        ("transaction "
                + row.txnSeq()
                + "  "
                + Times.utc(Times.ofMicros(row.timestampMicros()))
                + "  "
                + names.show(command))
            .stripTrailing());
    if (described != null && !described.message().isEmpty()) {
      lines.accept("  message  " + names.show(described.message()));
    }
  }

  /** The rows of one transaction and partition that stand together. */
  private final class Share {
    private final List<String> details = new ArrayList<>();
    private Optional<OplogRow> first = Optional.empty();
    private long lastVersion;
    private long count;
    private long bytes;

    boolean takes(OplogRow row) {
      return first
          .map(
              start ->
                  start.txnSeq() == row.txnSeq()
                      && start.partId().equals(row.partId())
                      && start.attachment() == row.attachment())
          .orElse(true);
    }

    void add(OplogRow row) {
      if (first.isEmpty()) {
        first = Optional.of(row);
      }
      lastVersion = row.seqNr();
      count++;
      bytes += row.content().length;
      details.addAll(detailsOf(row));
    }

    void print() {
      if (first.isEmpty()) {
        return;
      }
      OplogRow start = first.get();
      lines.accept(
          (start.attachment() ? "  attachment" : "  event")
              + " part="
              + start.partId()
              + (start.seqNr() == 0
                  ? "  staged"
                  : "  versions " + start.seqNr() + ".." + lastVersion)
              + "  "
              + Sizes.count(count, "entry")
              + "  "
              + Sizes.bytes(bytes));
      details.forEach(lines);
      first = Optional.empty();
    }
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
        field("size", row.metadata())
            .map(size -> Sizes.bytes(Long.parseLong(size)))
            .orElse(Sizes.bytes(row.content().length));
    return "v"
        + field("version", row.metadata()).orElse("?")
        + " "
        + bytes
        + field("sha256", row.metadata()).map(hash -> " sha256 " + hash).orElse("");
  }

  // The metadata are one flat JSON object of numbers and plain strings.
  private static Optional<String> field(String name, String metadata) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([0-9a-zA-Z]+)").matcher(metadata);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
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
