package io.duckpond.journal.commit;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers the rows of one partition and kind, and cuts them into records of at most 1 MiB. */
final class RecordAssembly {
  /** Schema, metadata and end of a stream take the rest of the 1 MiB. */
  private static final long MAX_ROW_BYTES = (1 << 20) - (8 << 10);

  private final RecordKind kind;
  private final String partId;
  private final RecordCodec codec;
  private final Consumer<LogRecord> sink;
  private final List<InnerRow> rows = new ArrayList<>();
  private long bytes;

  RecordAssembly(RecordKind kind, String partId, RecordCodec codec, Consumer<LogRecord> sink) {
    this.kind = kind;
    this.partId = partId;
    this.codec = codec;
    this.sink = sink;
  }

  /** Adds rows that must stand in one record. */
  void add(List<InnerRow> together, long size) {
    if (!rows.isEmpty() && bytes + size > MAX_ROW_BYTES) {
      finish();
    }
    rows.addAll(together);
    bytes += size;
  }

  /** Hands out the last record. */
  void finish() {
    if (rows.isEmpty()) {
      return;
    }
    InnerRow first = rows.get(0);
    InnerRow last = rows.get(rows.size() - 1);
    byte[] content = codec.encode(rows);
    sink.accept(
        new LogRecord(
            partId,
            kind,
            first.seqNr(),
            last.seqNr(),
            first.txnSeq(),
            last.txnSeq(),
            last.timestampMicros(),
            rows.size(),
            Sha256.of(content),
            content));
    rows.clear();
    bytes = 0;
  }
}
