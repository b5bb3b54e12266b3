package io.duckpond.launcher.render;

import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.TransactionRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cuts the log into shares: the rows of one transaction and partition that stand together. Of a row
 * only what the caller makes of it is kept, and of one share at a time.
 */
final class LogShares<D> {

  /**
   * A share.
   *
   * @param transaction the description of its transaction, if there is one
   * @param first its first row
   * @param bytes of the stored contents of its rows
   */
  record Share<D>(
      Optional<TransactionRow> transaction,
      OplogRow first,
      long lastVersion,
      long count,
      long bytes,
      List<D> details) {}

  private final Map<Long, TransactionRow> transactions = new HashMap<>();
  private final Function<OplogRow, List<D>> detailsOf;
  private final Consumer<Share<D>> sink;

  private Optional<OplogRow> first = Optional.empty();
  private List<D> details = new ArrayList<>();
  private long lastVersion;
  private long count;
  private long bytes;

  private LogShares(Function<OplogRow, List<D>> detailsOf, Consumer<Share<D>> sink) {
    this.detailsOf = detailsOf;
    this.sink = sink;
  }

  /** Hands out the shares of that part of the log, oldest first. */
  static <D> void read(
      OplogReader reader,
      LogFilter filter,
      Function<OplogRow, List<D>> detailsOf,
      Consumer<Share<D>> sink) {
    LogShares<D> shares = new LogShares<>(detailsOf, sink);
    LogFilter anyPartition =
        new LogFilter(Optional.empty(), filter.fromTxnSeq(), filter.toTxnSeq());
    try (Stream<TransactionRow> rows = reader.transactions(anyPartition)) {
      rows.forEach(row -> shares.transactions.put(row.txnSeq(), row));
    }
    try (Stream<OplogRow> rows = reader.entriesInCommitOrder(filter, OplogReader.Bytes.READ)) {
      rows.forEachOrdered(shares::add);
    }
    shares.handOut();
  }

  private void add(OplogRow row) {
    boolean belongs =
        first
            .filter(
                start ->
                    start.txnSeq() == row.txnSeq()
                        && start.partId().equals(row.partId())
                        && start.attachment() == row.attachment())
            .isPresent();
    if (!belongs) {
      handOut();
      first = Optional.of(row);
    }
    lastVersion = row.seqNr();
    count++;
    bytes += row.content().length;
    details.addAll(detailsOf.apply(row));
  }

  private void handOut() {
    first.ifPresent(
        start ->
            sink.accept(
                new Share<>(
                    Optional.ofNullable(transactions.get(start.txnSeq())),
                    start,
                    lastVersion,
                    count,
                    bytes,
                    details)));
    first = Optional.empty();
    details = new ArrayList<>();
    count = 0;
    bytes = 0;
  }

  /** Returns a number or plain string of a row's metadata, which are one flat JSON object. */
  static Optional<String> field(String name, String metadata) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([0-9a-zA-Z]+)").matcher(metadata);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
