package io.duckpond.journal.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The records of a data file, in memory. Of what a content begins with as the first one does, the
 * schema above all, nothing is kept if that is the larger part of it: records of one row each take
 * half the room. Immutable.
 */
final class RememberedFlush {
  /** What a record takes beside its content, about. */
  private static final int RECORD_BYTES = 300;

  private static final byte[] NOTHING = {};

  private final byte[] first;
  private final List<Kept> records;
  private final long bytes;

  /**
   * A record.
   *
   * @param shared how many bytes its content begins with as the first one does
   * @param rest what follows
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(LogRecord withoutContent, int shared, byte[] rest) {
    LogRecord whole(byte[] first) {
      if (shared == 0) {
        return with(withoutContent, rest);
      }
      byte[] content = Arrays.copyOf(first, shared + rest.length);
      System.arraycopy(rest, 0, content, shared, rest.length);
      return with(withoutContent, content);
    }
  }

  private RememberedFlush(byte[] first, List<Kept> records, long bytes) {
    this.first = first;
    this.records = records;
    this.bytes = bytes;
  }

  /** Keeps records, which hold their contents. */
  static RememberedFlush of(List<LogRecord> records) {
    byte[] first = records.isEmpty() ? NOTHING : records.get(0).content();
    List<Kept> kept = new ArrayList<>(records.size());
    long bytes = first.length;
    for (LogRecord record : records) {
      Kept next = kept(record, first);
      kept.add(next);
      bytes += RECORD_BYTES + next.rest().length;
    }
    return new RememberedFlush(first, kept, bytes);
  }

  private static Kept kept(LogRecord record, byte[] first) {
    byte[] content = record.content();
    int differs = Arrays.mismatch(first, content);
    int shared = differs < 0 ? content.length : differs;
    boolean worthwhile = 2L * shared > content.length;
    return worthwhile
        ? new Kept(
            with(record, NOTHING), shared, Arrays.copyOfRange(content, shared, content.length))
        : new Kept(with(record, NOTHING), 0, content);
  }

  private static LogRecord with(LogRecord record, byte[] content) {
    return new LogRecord(
        record.partId(),
        record.kind(),
        record.firstVersion(),
        record.version(),
        record.firstTxnSeq(),
        record.txnSeq(),
        record.timestampMicros(),
        record.count(),
        record.sha256(),
        content);
  }

  /** Returns what a record takes at most. */
  static long most(LogRecord record) {
    return RECORD_BYTES + record.content().length;
  }

  /** Returns how much memory they take, about. */
  long bytes() {
    return bytes;
  }

  /** Returns the records as they were, in their order, each made when it is asked for. */
  Iterator<LogRecord> records() {
    return records.stream().map(kept -> kept.whole(first)).iterator();
  }
}
