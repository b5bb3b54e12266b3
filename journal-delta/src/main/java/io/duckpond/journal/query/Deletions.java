package io.duckpond.journal.query;

import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Up to which sequence number the events of each partition are deleted; kept in memory, for those
 * that have any (about 150 bytes each). Any thread.
 */
final class Deletions {
  private final Map<String, Long> deleted = new ConcurrentHashMap<>();
  private long knownTxnSeq;

  /** Reads what was deleted up to a version. */
  synchronized void learn(TableVersion version) throws IOException {
    if (version.txnSeq() <= knownTxnSeq) {
      return;
    }
    ScanRequest later =
        ScanRequest.of(RecordKind.DELETION)
            .transactions(knownTxnSeq + 1, version.txnSeq())
            .withoutContent();
    try (RecordCursor cursor = version.scan(later)) {
      while (cursor.next()) {
        deleted.merge(cursor.record().partId(), cursor.record().version(), Math::max);
      }
    }
    knownTxnSeq = version.txnSeq();
  }

  /** Returns the last sequence number that is deleted; 0 if none is. */
  long upTo(String partId) {
    return deleted.getOrDefault(partId, 0L);
  }
}
