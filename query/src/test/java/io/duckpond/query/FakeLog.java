package io.duckpond.query;

import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.RecordRow;
import io.duckpond.oplog.TransactionRow;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A log in memory that remembers what it was asked. */
final class FakeLog implements OplogReader {

  final List<RecordRow> records = new ArrayList<>();
  final List<OplogRow> entries = new ArrayList<>();
  final List<TransactionRow> transactions = new ArrayList<>();
  final Map<OplogRow, List<DirectoryEntry>> changes = new IdentityHashMap<>();

  /** One line per scan: table, filter, bytes, and the rows that were handed out. */
  final List<Scan> scans = new ArrayList<>();

  int open;

  static final class Scan {
    final String table;
    final LogFilter filter;
    final Bytes bytes;
    int rows;

    Scan(String table, LogFilter filter, Bytes bytes) {
      this.table = table;
      this.filter = filter;
      this.bytes = bytes;
    }
  }

  @Override
  public long txnSeq() {
    return transactions.size();
  }

  @Override
  public Stream<RecordRow> records(LogFilter filter, Bytes bytes) {
    return counted(
        "records",
        filter,
        bytes,
        records.stream()
            .filter(row -> within(filter, row.partId(), row.firstTxnSeq(), row.txnSeq())));
  }

  @Override
  public Stream<OplogRow> entries(LogFilter filter, Bytes bytes) {
    return counted(
        "entries",
        filter,
        bytes,
        entries.stream().filter(row -> within(filter, row.partId(), row.txnSeq(), row.txnSeq())));
  }

  @Override
  public Stream<TransactionRow> transactions(LogFilter filter) {
    return counted(
        "transactions",
        filter,
        Bytes.SKIP,
        transactions.stream()
            .filter(
                row -> row.txnSeq() >= filter.fromTxnSeq() && row.txnSeq() <= filter.toTxnSeq()));
  }

  private <R> Stream<R> counted(String table, LogFilter filter, Bytes bytes, Stream<R> rows) {
    Scan scan = new Scan(table, filter, bytes);
    scans.add(scan);
    open++;
    return rows.peek(row -> scan.rows++).onClose(() -> open--);
  }

  private static boolean within(LogFilter filter, String partId, long first, long last) {
    return filter.partIds().map(ids -> ids.contains(partId)).orElse(true)
        && (last == 0 || last >= filter.fromTxnSeq())
        && first <= filter.toTxnSeq();
  }

  @Override
  public List<DirectoryEntry> changes(OplogRow row) {
    return changes.getOrDefault(row, List.of());
  }

  @Override
  public int filesFor(LogFilter filter) {
    return filter.partIds().map(java.util.Set::size).orElse(100);
  }
}
