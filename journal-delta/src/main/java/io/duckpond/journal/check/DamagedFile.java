package io.duckpond.journal.check;

import io.duckpond.journal.table.DataFile;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A data file of which something cannot be read, and what it held.
 *
 * @param file what the log says of it
 * @param keys what its own key columns say, if these at least can be read
 */
public record DamagedFile(DataFile file, Optional<List<Key>> keys) {

  /** The key of a record. */
  public record Key(RecordKind kind, String partId, long firstVersion, long version) {
    static Key of(LogRecord record) {
      return new Key(record.kind(), record.partId(), record.firstVersion(), record.version());
    }

    private boolean holds(String wanted, long number) {
      return partId.equals(wanted) && firstVersion <= number && number <= version;
    }
  }

  public DamagedFile {
    keys = keys.map(List::copyOf);
  }

  /** Returns its name, relative to the table. */
  public String name() {
    return file.name();
  }

  /** Returns false only if it surely held nothing of a partition's sequence number. */
  public boolean mayHold(String partId, long version) {
    if (keys.isPresent()) {
      return keys.get().stream().anyMatch(key -> key.holds(partId, version));
    }
    return file.mayMatch(
        ScanRequest.of(RecordKind.EVENT, RecordKind.ATTACHMENT)
            .partitions(Set.of(partId))
            .versions(version, version));
  }

  /** Returns the transactions of a data file in words. */
  static String transactions(DataFile file) {
    long first = file.assigned().map(DataFile.Assigned::txnSeq).orElse(file.keys().firstTxnSeq());
    long last = file.assigned().map(DataFile.Assigned::txnSeq).orElse(file.keys().lastTxnSeq());
    if (first <= 0 || last == Long.MAX_VALUE) {
      return "transactions that are not known";
    }
    return first == last ? "transaction " + first : "transactions " + first + " to " + last;
  }
}
