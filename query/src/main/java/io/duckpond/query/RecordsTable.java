package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader.Bytes;
import io.duckpond.oplog.RecordRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code records}: one row per outer record of the log, in commit order. */
final class RecordsTable extends PondTable<RecordRow> {

  RecordsTable(Executions executions) {
    super(
        executions,
        10_000,
        List.of(
            Column.optionalText(PART_ID, row -> row.partId().isEmpty() ? null : row.partId()),
            Column.text("kind", RecordRow::kind),
            Column.optionalNumber("first_version", row -> known(row.firstVersion())),
            Column.optionalNumber("version", row -> known(row.version())),
            Column.optionalNumber("first_txn_seq", row -> known(row.firstTxnSeq())),
            Column.optionalNumber(TXN_SEQ, row -> known(row.txnSeq())),
            Column.instant("timestamp", row -> known(row.timestampMicros())),
            Column.optionalNumber("timestamp_micros", row -> known(row.timestampMicros())),
            Column.integer("count", RecordRow::count),
            Column.text("sha256", RecordRow::sha256),
            Column.bytes("content", RecordRow::content)));
  }

  private static @Nullable Long known(long number) {
    return number == 0 ? null : number;
  }

  @Override
  Stream<RecordRow> rows(PondState state, LogFilter filter, Set<String> wanted) {
    return state
        .log()
        .records(state.upTo(filter), wanted.contains("content") ? Bytes.READ : Bytes.SKIP);
  }
}
