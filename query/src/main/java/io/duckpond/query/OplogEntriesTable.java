package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code oplog_entries}: one row per row of the log, in commit order; pending ones last, without
 * numbers.
 */
final class OplogEntriesTable extends PondTable<EntryRow> {

  OplogEntriesTable(Executions executions) {
    super(
        executions,
        100_000,
        List.of(
            Column.text(PART_ID, row -> row.row().partId()),
            Column.text("node_id", row -> row.row().nodeId()),
            Column.text("file_type", row -> row.row().type().storedName()),
            Column.text("kind", row -> row.row().attachment() ? "attachment" : "event"),
            Column.text("metadata", row -> row.row().metadata()),
            Column.bytes("content", row -> row.row().content()),
            Column.optionalNumber("seq_nr", row -> row.numbered(row.row().seqNr())),
            Column.optionalNumber(TXN_SEQ, row -> row.numbered(row.row().txnSeq())),
            Column.instant("timestamp", row -> row.numbered(row.row().timestampMicros())),
            Column.optionalNumber(
                "timestamp_micros", row -> row.numbered(row.row().timestampMicros())),
            Column.integer("txn_index", row -> row.row().txnIndex()),
            Column.optionalNumber("version", row -> row.metadata().number("version")),
            Column.optionalNumber("size", row -> row.metadata().number("size")),
            Column.optionalText("sha256", row -> row.metadata().text("sha256")),
            Column.optionalText("path", EntryRow::path)));
  }

  @Override
  Stream<EntryRow> rows(PondState state, LogFilter filter, Set<String> wanted) throws IOException {
    Bytes bytes = wanted.contains("content") ? Bytes.READ : Bytes.SKIP;
    PathsThen paths = wanted.contains("path") ? PathsThen.upTo(state, filter) : PathsThen.NONE;
    return Stream.concat(
        state
            .log()
            .entries(state.upTo(filter), bytes)
            .map(row -> new EntryRow(row, false, paths::committed)),
        state.pending().stream().map(row -> new EntryRow(row, true, paths::pending)));
  }
}
