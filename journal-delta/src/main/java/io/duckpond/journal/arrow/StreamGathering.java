package io.duckpond.journal.arrow;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.RecordMerger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the rows of several records into one, buffer by buffer, each of them decoded once: a flush
 * has many records of a row each, of which a digest and a merge take less than to find the columns.
 */
final class StreamGathering implements RecordMerger.Gathering {
  private final StreamMerger merger;
  private final RowDigest digest = new RowDigest();
  private final List<DecodedRecord> records = new ArrayList<>();

  StreamGathering(StreamMerger merger) {
    this.merger = merger;
  }

  @Override
  public Sha256 add(LogRecord record) {
    DecodedRecord decoded = merger.decoded(record);
    records.add(decoded);
    return digest.sum(decoded);
  }

  @Override
  public Optional<byte[]> merge() {
    return merged(records);
  }

  /** Returns one stream of the rows of all records; empty if they cannot stand in one. */
  static Optional<byte[]> merged(List<DecodedRecord> records) {
    RecordKind kind = records.get(0).record().kind();
    StoredSchema schema = records.get(0).batch().schema();
    int count = 0;
    for (DecodedRecord decoded : records) {
      if (decoded.record().kind() != kind || !decoded.batch().schema().isSameAs(schema)) {
        return Optional.empty();
      }
      count += decoded.batch().rows();
    }
    if (schema.place(RecordCodec.TXN_SEQ) < 0 || schema.place(RecordCodec.TIMESTAMP) < 0) {
      return Optional.empty();
    }
    StreamAssembly stream = new StreamAssembly(count);
    for (StoredSchema.Named column : schema.named()) {
      List<HeapColumn> parts = new ArrayList<>(records.size());
      for (DecodedRecord decoded : records) {
        parts.add(decoded.batch().columns().get(column.place()));
      }
      HeapColumn.append(stream, parts);
    }
    return Optional.of(stream.finish(schema.prefix()));
  }
}
