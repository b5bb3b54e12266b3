package io.duckpond.journal;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/**
 * The snapshots of one partition in a version of the table: of each sequence number the one saved
 * last counts, unless a deletion that covers it came after. Blocks on disk; for one thread.
 */
final class StoredSnapshots {
  private final TableVersion version;
  private final RecordCodec codec;
  private final String partId;
  private final SnapshotSelectionCriteria criteria;
  private final List<LogRecord> records = new ArrayList<>();
  private final List<LogRecord> deletions = new ArrayList<>();

  /** Finds out, without reading a snapshot, what there is within the criteria's numbers. */
  StoredSnapshots(
      TableVersion version, RecordCodec codec, String partId, SnapshotSelectionCriteria criteria)
      throws IOException {
    this.version = version;
    this.codec = codec;
    this.partId = partId;
    this.criteria = criteria;
    ScanRequest request =
        ScanRequest.of(RecordKind.EVENT, RecordKind.DELETION)
            .partitions(Set.of(partId))
            .versions(criteria.minSequenceNr(), criteria.maxSequenceNr())
            .withoutContent();
    try (RecordCursor cursor = version.scan(request)) {
      while (cursor.next()) {
        LogRecord record = cursor.record();
        (record.kind() == RecordKind.EVENT ? records : deletions).add(record);
      }
    }
    records.sort(Comparator.comparingLong(LogRecord::version).reversed());
  }

  /** Returns the newest one that the criteria select; reads no older ones than it must. */
  Optional<InnerRow> newest() throws IOException {
    TreeMap<Long, InnerRow> latest = new TreeMap<>();
    for (LogRecord record : records) {
      Optional<InnerRow> selected = newestOf(latest);
      if (selected.isPresent() && selected.get().seqNr() > record.version()) {
        return selected;
      }
      read(record, latest);
    }
    return newestOf(latest);
  }

  /** Returns the sequence numbers of all that the criteria select, descending. */
  List<Long> selected() throws IOException {
    TreeMap<Long, InnerRow> latest = new TreeMap<>();
    for (LogRecord record : records) {
      read(record, latest);
    }
    return latest.descendingMap().values().stream()
        .filter(this::isSelected)
        .map(InnerRow::seqNr)
        .toList();
  }

  private Optional<InnerRow> newestOf(NavigableMap<Long, InnerRow> latest) {
    return latest.descendingMap().values().stream().filter(this::isSelected).findFirst();
  }

  private void read(LogRecord listed, NavigableMap<Long, InnerRow> latest) throws IOException {
    ScanRequest request =
        ScanRequest.of(RecordKind.EVENT)
            .partitions(Set.of(partId))
            .versions(listed.firstVersion(), listed.version())
            .transactions(listed.firstTxnSeq(), listed.txnSeq());
    try (RecordCursor cursor = version.scan(request)) {
      while (cursor.next()) {
        codec.decode(
            cursor.record(),
            row -> latest.merge(row.seqNr(), row, (a, b) -> a.txnSeq() > b.txnSeq() ? a : b));
      }
    }
  }

  private boolean isSelected(InnerRow row) {
    long savedAt = SnapshotCodec.savedAt(row);
    return row.seqNr() >= criteria.minSequenceNr()
        && row.seqNr() <= criteria.maxSequenceNr()
        && savedAt >= criteria.minTimestamp()
        && savedAt <= criteria.maxTimestamp()
        && deletions.stream().noneMatch(deletion -> covers(deletion, row));
  }

  private static boolean covers(LogRecord deletion, InnerRow row) {
    return deletion.firstVersion() <= row.seqNr()
        && row.seqNr() <= deletion.version()
        && row.txnSeq() < deletion.txnSeq();
  }
}
