package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.TableModel.Flushed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Flushes of all kinds and sizes, some with a staged file. */
final class RandomFlushes {
  private static final int PARTITIONS = 5;

  private final RandomGenerator random;

  RandomFlushes(RandomGenerator random) {
    this.random = random;
  }

  /** A flush, and what it must become. */
  record Made(Flush flush, Flushed expected) {}

  /** Makes a flush of one to three transactions after {@code lastTxnSeq}; may stage a file. */
  Made next(LogTable table, long lastTxnSeq) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    List<Flush.Staged> staged = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    long last = lastTxnSeq + 1 + random.nextInt(3);
    for (long txn = lastTxnSeq + 1; txn <= last; txn++) {
      records.add(record("", RecordKind.TRANSACTION, 0, txn));
      int events = random.nextInt(4);
      for (int i = 0; i < events; i++) {
        RecordKind kind = random.nextInt(8) == 0 ? RecordKind.DELETION : RecordKind.EVENT;
        records.add(record("part-" + (txn + i) % PARTITIONS, kind, txn * 8 + i, txn));
      }
    }
    if (random.nextInt(6) == 0) {
      staged.add(new Flush.Staged(stage(table, last, expected), last, last * 1000));
    }
    records.forEach(record -> expected.add(TableModel.identity(record)));
    return new Made(new Flush(records, staged, last, last * 1000), new Flushed(last, expected));
  }

  private StagedFile stage(LogTable table, long txn, List<String> expected) throws IOException {
    try (StagedFileWriter writer = table.staged().begin()) {
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        byte[] content = content();
        long version = writer.append(1, content, Set.of("part-" + txn % PARTITIONS));
        expected.add(
            TableModel.identity(
                new LogRecord(
                    writer.partId(),
                    RecordKind.ATTACHMENT,
                    version,
                    version,
                    txn,
                    txn,
                    txn * 1000,
                    1,
                    Sha256.of(content),
                    content)));
      }
      return writer.finish();
    }
  }

  private LogRecord record(String partId, RecordKind kind, long version, long txn) {
    byte[] content = content();
    return new LogRecord(
        partId, kind, version, version, txn, txn, txn * 1000, 1, Sha256.of(content), content);
  }

  /** Mostly short; some too long for one write. */
  private byte[] content() {
    int size = random.nextInt(60) == 0 ? random.nextInt(200_000) : random.nextInt(200);
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return size == 0 ? "empty".getBytes(UTF_8) : bytes;
  }
}
