package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.TransactionRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code transactions}: one row per transaction, oldest first. */
final class TransactionsTable extends PondTable<TransactionRow> {

  TransactionsTable(Executions executions) {
    super(
        executions,
        1_000,
        List.of(
            Column.number(TXN_SEQ, TransactionRow::txnSeq),
            Column.instant("timestamp", TransactionRow::timestampMicros),
            Column.number("timestamp_micros", TransactionRow::timestampMicros),
            Column.text("command", TransactionRow::command),
            Column.text("message", TransactionRow::message),
            Column.text("user", TransactionRow::user),
            Column.number("operations", TransactionRow::operations),
            Column.number("partitions", TransactionRow::partitions),
            Column.number("entries", TransactionRow::entries),
            Column.number("bytes", TransactionRow::bytes)));
  }

  @Override
  Stream<TransactionRow> rows(PondState state, LogFilter filter, Set<String> wanted) {
    return state.log().transactions(state.upTo(filter));
  }
}
