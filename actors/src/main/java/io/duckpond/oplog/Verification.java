package io.duckpond.oplog;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.TransactionCodec;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads every record and checks all that can be checked of one alone: its digest (the scan does),
 * that it decodes, and the digest of every file's bytes.
 */
final class Verification {
  private final RecordCodec records;
  private final TransactionCodec descriptions;
  private final EventReader events;

  Verification(RecordCodec records, TransactionCodec descriptions, EventReader events) {
    this.records = records;
    this.descriptions = descriptions;
    this.events = events;
  }

  /** As {@link Oplog#verifyAll}. */
  ReadCounts run(TableVersion table, ScanRequest request, Executor executor, int parallelism)
      throws IOException {
    LongAdder count = new LongAdder();
    LongAdder bytes = new LongAdder();
    table.scanParallel(
        request,
        executor,
        parallelism,
        record -> {
          check(record);
          count.increment();
          bytes.add(record.content().length);
        });
    return new ReadCounts(count.sum(), bytes.sum());
  }

  private void check(LogRecord record) {
    if (record.kind() == RecordKind.ATTACHMENT) {
      records.decode(record, row -> attachment(record, row));
    } else if (record.kind() == RecordKind.EVENT) {
      events.read(record, event -> {});
    } else {
      byte[] bytes = descriptions.decode(record);
      if (record.kind() == RecordKind.TRANSACTION) {
        TransactionDescription.decode(bytes, record.txnSeq(), record.timestampMicros());
      }
    }
  }

  private static void attachment(LogRecord record, InnerRow row) {
    if (OplogCodec.attachment(row) instanceof OplogEntry.SmallFile file) {
      check(record, file);
    }
  }

  /** Compares a small file's bytes with the digest beside them. */
  static void check(LogRecord record, OplogEntry.SmallFile file) {
    Sha256 found = Sha256.of(file.bytes().toArrayUnsafe());
    if (!found.equals(file.sha256())) {
      throw new DamageException(
          String.format(
              "partition [%s] transaction [%d]: version [%d] of file [%s] has digest [%s], found"
                  + " [%s]",
              record.partId(), record.txnSeq(), file.version(), file.node(), file.sha256(), found));
    }
  }
}
