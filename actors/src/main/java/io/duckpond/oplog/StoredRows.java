package io.duckpond.oplog;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;

/** From the journal's rows and records to those that readers see. */
final class StoredRows {
  private StoredRows() {}

  static OplogRow row(InnerRow row, RecordKind kind, byte[] content) {
    try {
      return new OplogRow(
          row.partId(),
          OplogCodec.nodeId(row),
          OplogCodec.type(row),
          kind == RecordKind.ATTACHMENT,
          OplogCodec.metadata(row),
          content,
          row.seqNr(),
          row.txnSeq(),
          row.timestampMicros(),
          row.txnIndex());
    } catch (IllegalArgumentException e) {
      throw new DamageException(
          String.format(
              "partition [%s] transaction [%d]: %s", row.partId(), row.txnSeq(), e.getMessage()),
          e);
    }
  }

  static RecordRow record(LogRecord record) {
    return new RecordRow(
        record.partId(),
        record.kind().storedName(),
        record.firstVersion(),
        record.version(),
        record.firstTxnSeq(),
        record.txnSeq(),
        record.timestampMicros(),
        record.count(),
        record.sha256().hex(),
        record.content());
  }
}
