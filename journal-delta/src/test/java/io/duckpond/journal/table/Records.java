package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records and flushes for tests. */
final class Records {
  private Records() {}

  static LogRecord event(String partId, long version, long txnSeq) {
    return event(partId, version, txnSeq, (partId + "#" + version).getBytes(UTF_8));
  }

  static LogRecord event(String partId, long version, long txnSeq, byte[] content) {
    return new LogRecord(
        partId,
        RecordKind.EVENT,
        version,
        version,
        txnSeq,
        txnSeq,
        txnSeq * 1000,
        1,
        Sha256.of(content),
        content);
  }

  static LogRecord transaction(long txnSeq) {
    byte[] content = ("transaction " + txnSeq).getBytes(UTF_8);
    return new LogRecord(
        "",
        RecordKind.TRANSACTION,
        0,
        0,
        txnSeq,
        txnSeq,
        txnSeq * 1000,
        1,
        Sha256.of(content),
        content);
  }

  static Flush flush(long txnSeq, LogRecord... records) {
    return new Flush(Arrays.asList(records), List.of(), txnSeq, txnSeq * 1000);
  }

  static List<LogRecord> read(TableVersion version, ScanRequest request) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    try (RecordCursor cursor = version.scan(request)) {
      while (cursor.next()) {
        records.add(cursor.record());
      }
    }
    return records;
  }

  static ScanRequest everything() {
    return ScanRequest.of(RecordKind.EVENT, RecordKind.values());
  }

  /** What identifies a record, in a form that failures can show. */
  static String name(LogRecord record) {
    return record.kind().storedName()
        + " "
        + record.partId()
        + " "
        + record.version()
        + " @"
        + record.txnSeq();
  }

  static List<String> names(List<LogRecord> records) {
    return records.stream().map(Records::name).toList();
  }
}
