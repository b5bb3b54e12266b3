package io.duckpond.oplog;

import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import io.duckpond.node.ContentLocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Notices that one row after another of one transaction is looked up, each by a search of its own
 * that takes milliseconds, as when a tree is copied out that came in at once; then reads the rows
 * of that transaction in one scan. Any thread.
 */
final class ReadAhead {
  private static final int FIRST_MISSES = 4;
  private static final long BYTES = 8 << 20;

  /** Runs of look-ups, by what they were after. */
  private final Map<RecordKind, Run> runs = new HashMap<>();

  private final FileRowCache.Pair caches;
  private final Function<LogRecord, FileRowCache.Rows> decoder;

  ReadAhead(FileRowCache.Pair caches, Function<LogRecord, FileRowCache.Rows> decoder) {
    this.caches = caches;
    this.decoder = decoder;
  }

  /** Look-ups within one transaction since the last scan; each scan makes the next one rarer. */
  private static final class Run {
    final long txnSeq;
    int misses;
    int needed = FIRST_MISSES;

    Run(long txnSeq) {
      this.txnSeq = txnSeq;
    }
  }

  /** Told of the record in which a row was found that was not in memory. */
  interface Listener {
    void found(LogRecord record) throws IOException;
  }

  /** Returns the listener of one look-up. */
  Listener of(TableVersion table, ContentLocator.Logged place) {
    return record -> {
      if (isDue(record)) {
        scan(table, record, place.partId());
      }
    };
  }

  private synchronized boolean isDue(LogRecord record) {
    Run run = runs.get(record.kind());
    if (run == null || run.txnSeq != record.txnSeq()) {
      run = new Run(record.txnSeq());
      runs.put(record.kind(), run);
    }
    if (++run.misses < run.needed) {
      return false;
    }
    run.misses = 0;
    run.needed *= 2;
    return true;
  }

  /** Keeps what comes from {@code partId} on, and if there is room, what comes before. */
  private void scan(TableVersion table, LogRecord record, String partId) throws IOException {
    ScanRequest request =
        ScanRequest.of(record.kind()).transactions(record.firstTxnSeq(), record.txnSeq());
    List<FileRowCache.Rows> before = new ArrayList<>();
    List<FileRowCache.Rows> from = new ArrayList<>();
    long bytesBefore = 0;
    long bytesFrom = 0;
    try (RecordCursor cursor = table.scan(request)) {
      while (bytesFrom < BYTES && cursor.next()) {
        FileRowCache.Rows rows = decoder.apply(cursor.record());
        if (rows.rows().isEmpty()) {
          continue;
        }
        if (rows.partId().compareTo(partId) >= 0) {
          from.add(rows);
          bytesFrom += rows.bytes();
        } else if (bytesBefore < BYTES) {
          before.add(rows);
          bytesBefore += rows.bytes();
        }
      }
    }
    FileRowCache cache = caches.of(record.kind());
    if (bytesBefore + bytesFrom <= BYTES) {
      before.forEach(cache::add);
    }
    from.forEach(cache::add);
  }
}
