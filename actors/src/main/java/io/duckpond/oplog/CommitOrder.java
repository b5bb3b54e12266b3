package io.duckpond.oplog;

import io.duckpond.oplog.OplogReader.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Puts rows into the order of their transactions. A data file is in the order of its partitions,
 * and holds as many transactions as were flushed or merged together; so the log is read by spans of
 * transactions that fit into memory, and each is sorted. A span of one transaction needs no sorting
 * and is not held.
 */
final class CommitOrder implements Iterator<Stream<OplogRow>> {
  /** How much of the log is held to be sorted. */
  static final long SPAN_BYTES = 16 << 20;

  /** What a row takes beside the content of a file: names, metadata, objects. */
  private static final long ROW_BYTES = 512;

  private final OplogReader reader;
  private final LogFilter filter;
  private final Bytes bytes;
  private final long spanBytes;
  private final Iterator<TransactionRow> transactions;
  private Optional<TransactionRow> upcoming;
  private long next;

  private CommitOrder(
      OplogReader reader,
      LogFilter filter,
      Bytes bytes,
      long spanBytes,
      Iterator<TransactionRow> transactions) {
    this.reader = reader;
    this.filter = filter;
    this.bytes = bytes;
    this.spanBytes = spanBytes;
    this.transactions = transactions;
    this.next = filter.fromTxnSeq();
    this.upcoming = transaction();
  }

  /** Returns the rows that pass {@code filter}; to be closed. */
  static Stream<OplogRow> of(OplogReader reader, LogFilter filter, Bytes bytes, long spanBytes) {
    LogFilter known =
        new LogFilter(
            filter.partIds(),
            Math.max(1, filter.fromTxnSeq()),
            Math.min(reader.txnSeq(), filter.toTxnSeq()));
    LogFilter described = new LogFilter(Optional.empty(), known.fromTxnSeq(), known.toTxnSeq());
    Stream<TransactionRow> transactions = reader.transactions(described);
    CommitOrder spans = new CommitOrder(reader, known, bytes, spanBytes, transactions.iterator());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                spans, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
            /* parallel= */ false)
        .onClose(transactions::close)
        .flatMap(span -> span);
  }

  @Override
  public boolean hasNext() {
    return next <= filter.toTxnSeq();
  }

  @Override
  public Stream<OplogRow> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long first = next;
    next = endOfSpan() + 1;
    LogFilter span = new LogFilter(filter.partIds(), first, next - 1);
    return next - first == 1 ? reader.entries(span, bytes) : sorted(span);
  }

  /** Returns the last transaction of a span that begins with the next one. */
  private long endOfSpan() {
    long held = 0;
    while (upcoming.isPresent()) {
      held += upcoming.get().bytes() + ROW_BYTES * upcoming.get().entries();
      if (held > spanBytes && upcoming.get().txnSeq() > next) {
        return upcoming.get().txnSeq() - 1;
      }
      long here = upcoming.get().txnSeq();
      upcoming = transaction();
      if (held > spanBytes) {
        return here;
      }
    }
    return filter.toTxnSeq();
  }

  private Optional<TransactionRow> transaction() {
    return transactions.hasNext() ? Optional.of(transactions.next()) : Optional.empty();
  }

  private Stream<OplogRow> sorted(LogFilter span) {
    List<OplogRow> rows = new ArrayList<>();
    try (Stream<OplogRow> stored = reader.entries(span, bytes)) {
      stored.forEachOrdered(rows::add);
    }
    // Stable: of one transaction they stay as they are stored, partition by partition.
    rows.sort(Comparator.comparingLong(OplogRow::txnSeq));
    return rows.stream();
  }
}
