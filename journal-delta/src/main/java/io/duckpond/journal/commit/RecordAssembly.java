package io.duckpond.journal.commit;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.FlushRecord;
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
  private final Consumer<FlushRecord> sink;
  private final List<InnerRow> rows = new ArrayList<>();
  private long bytes;

  RecordAssembly(RecordKind kind, String partId, RecordCodec codec, Consumer<FlushRecord> sink) {
    this.kind = kind;
    this.partId = partId;
    this.codec = codec;
    this.sink = sink;
  }

  /** Adds rows that must stand in one record. */
  void add(List<InnerRow> together, long size) {
    if (!rows.isEmpty() && (bytes + size > MAX_ROW_BYTES || goesBack(together))) {
      finish();
    }
    rows.addAll(together);
    bytes += size;
  }

  /** Snapshots may: a record's numbers are those between its first and its last row. */
  private boolean goesBack(List<InnerRow> together) {
    return together.get(0).seqNr() < rows.get(rows.size() - 1).seqNr();
  }

  /** Hands out the last record. */
  void finish() {
    if (rows.isEmpty()) {
      return;
    }
    sink.accept(new Unencoded(kind, partId, List.copyOf(rows), codec));
    rows.clear();
    bytes = 0;
  }

  /** A record whose rows are encoded when it is written. */
  private record Unencoded(RecordKind kind, String partId, List<InnerRow> rows, RecordCodec codec)
      implements FlushRecord {

    @Override
    public long version() {
      return last().seqNr();
    }

    private InnerRow last() {
      return rows.get(rows.size() - 1);
    }

    @Override
    public LogRecord record() {
      byte[] content = codec.encode(rows);
      return new LogRecord(
          partId,
          kind,
          rows.get(0).seqNr(),
          last().seqNr(),
          rows.get(0).txnSeq(),
          last().txnSeq(),
          last().timestampMicros(),
          rows.size(),
          Sha256.of(content),
          content);
    }
  }
}
