package io.duckpond.journal.check;

import io.duckpond.journal.table.DataFile;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import java.util.Set;

/** A data file of which something cannot be read, and what the log says that it held. */
public record DamagedFile(DataFile file) {

  /** Returns its name, relative to the table. */
  public String name() {
    return file.name();
  }

  /** Returns its first transaction; 0 if not known. */
  public long firstTxnSeq() {
    return file.assigned().map(DataFile.Assigned::txnSeq).orElse(file.keys().firstTxnSeq());
  }

  /** Returns its last transaction; {@code Long.MAX_VALUE} if not known. */
  public long lastTxnSeq() {
    return file.assigned().map(DataFile.Assigned::txnSeq).orElse(file.keys().lastTxnSeq());
  }

  /** Returns false only if it surely held nothing of a partition's sequence number. */
  public boolean mayHold(String partId, long version) {
    return file.mayMatch(
        ScanRequest.of(RecordKind.EVENT, RecordKind.ATTACHMENT)
            .partitions(Set.of(partId))
            .versions(version, version));
  }

  /** Returns its transactions in words. */
  public String transactions() {
    long first = firstTxnSeq();
    long last = lastTxnSeq();
    if (first <= 0 || last == Long.MAX_VALUE) {
      return "transactions that are not known";
    }
    return first == last ? "transaction " + first : "transactions " + first + " to " + last;
  }
}
