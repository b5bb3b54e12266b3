package io.duckpond.journal.table;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.SimulationFailure.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a table must hold: whether it was created, the flushes that were acknowledged, and after
 * them those that may be there, of which none can be there without those before it.
 */
final class TableModel {
  private final List<Flushed> acknowledged = new ArrayList<>();
  private final List<Flushed> possible = new ArrayList<>();
  private boolean created;

  /**
   * A flush as a scan must find it.
   *
   * @param txnSeq its last transaction
   * @param records its records, with the digests of their contents
   */
  record Flushed(long txnSeq, List<String> records) {
    Flushed {
      records = List.copyOf(records);
    }
  }

  TableModel copy() {
    TableModel copy = new TableModel();
    copy.acknowledged.addAll(acknowledged);
    copy.possible.addAll(possible);
    copy.created = created;
    return copy;
  }

  /** Returns a record in the form in which it is compared. */
  static String identity(LogRecord record) {
    return String.format(
        "%s %s %d-%d @%d-%d %d %d %s",
        record.kind(),
        record.partId(),
        record.firstVersion(),
        record.version(),
        record.firstTxnSeq(),
        record.txnSeq(),
        record.timestampMicros(),
        record.count(),
        Sha256.of(record.content()));
  }

  /** The table's maker was told that it is durable; one that is merely seen may be lost yet. */
  void tableCreated() {
    created = true;
  }

  boolean isCreated() {
    return created;
  }

  /** A flush is on its way. */
  void attempt(Flushed flush) {
    possible.add(flush);
  }

  /** What is on its way is durable, and with it all before it: the table, too. */
  void acknowledge() {
    created = true;
    acknowledged.addAll(possible);
    possible.clear();
  }

  /** What was on its way is surely not there. */
  void refuse() {
    if (!possible.isEmpty()) {
      possible.remove(possible.size() - 1);
    }
  }

  boolean isPossible(Flushed flush) {
    return possible.contains(flush);
  }

  boolean isAcknowledged(Flushed flush) {
    return acknowledged.contains(flush);
  }

  /** Returns the last transaction of all flushes that are, or may be, there. */
  long lastTxnSeq() {
    List<Flushed> last = possible.isEmpty() ? acknowledged : possible;
    return last.isEmpty() ? 0 : last.get(last.size() - 1).txnSeq();
  }

  /** Compares with all that a table holds; from now on only what is there is possible. */
  void settle(long txnSeq, Collection<LogRecord> found) {
    Map<String, Integer> left = new HashMap<>();
    for (LogRecord record : found) {
      for (LogRecord part : FramingMerger.parts(record)) {
        left.merge(identity(part), 1, Integer::sum);
      }
    }
    for (Flushed flush : acknowledged) {
      for (String record : flush.records()) {
        if (!take(left, record)) {
          throw new SimulationFailure(Kind.LOST, record + " of transaction " + flush.txnSeq());
        }
      }
    }
    int present = 0;
    while (present < possible.size() && !left.isEmpty()) {
      Flushed flush = possible.get(present++);
      for (String record : flush.records()) {
        if (!take(left, record)) {
          throw new SimulationFailure(Kind.PARTIAL, "no " + record + ", but " + left.keySet());
        }
      }
    }
    if (!left.isEmpty()) {
      throw new SimulationFailure(Kind.PARTIAL, "nobody wrote " + left.keySet());
    }
    possible.subList(present, possible.size()).clear();
    if (txnSeq != lastTxnSeq()) {
      throw new SimulationFailure(
          Kind.LOST, "the head is at transaction " + txnSeq + ", not " + lastTxnSeq());
    }
  }

  private static boolean take(Map<String, Integer> left, String record) {
    Integer count = left.get(record);
    if (count == null) {
      return false;
    }
    if (count == 1) {
      left.remove(record);
    } else {
      left.put(record, count - 1);
    }
    return true;
  }
}
