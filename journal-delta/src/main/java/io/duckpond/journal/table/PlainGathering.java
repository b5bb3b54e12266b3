package io.duckpond.journal.table;

import io.duckpond.journal.disk.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the records as they are until they are merged. */
final class PlainGathering implements RecordMerger.Gathering {
  private final RecordMerger merger;
  private final List<LogRecord> records = new ArrayList<>();

  PlainGathering(RecordMerger merger) {
    this.merger = merger;
  }

  @Override
  public Sha256 add(LogRecord record) {
    records.add(record);
    return merger.digest(record);
  }

  @Override
  public Optional<byte[]> merge() {
    return merger.merge(records);
  }
}
