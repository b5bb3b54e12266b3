package io.duckpond.journal;

import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordMerger;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the snapshots of a partition in records of their own: who loads one does not read the
 * others, and each can be forgotten by itself once it is deleted. Any thread.
 */
final class SnapshotMerger implements RecordMerger {
  private final StreamMerger rows = new StreamMerger(SnapshotCodec.COLUMNS);

  @Override
  public Optional<byte[]> merge(List<LogRecord> records) {
    return Optional.empty();
  }

  @Override
  public Sha256 digest(LogRecord record) {
    return rows.digest(record);
  }
}
