package io.duckpond;

import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.TransactionRow;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the transaction that a number or an instant means. */
final class TransactionFinder {
  private final OplogReader reader;

  TransactionFinder(OplogReader reader) {
    this.reader = reader;
  }

  /** Returns {@code txnSeq} if there is such a transaction. */
  long at(long txnSeq) throws FileSystemException {
    if (txnSeq < 1 || txnSeq > reader.txnSeq()) {
      throw refusal("transaction " + txnSeq, "there is none; the newest is " + reader.txnSeq());
    }
    return txnSeq;
  }

  /** Returns the last transaction not later than {@code instant}. */
  long at(Instant instant, Instant now) throws FileSystemException {
    long newest = reader.txnSeq();
    if (instant.isAfter(now) && instant.isAfter(timeOf(newest))) {
      // Times increase with the number even where the clock was set back: they may be ahead of it.
      throw refusal(instant.toString(), "this is in the future");
    }
    if (instant.isBefore(timeOf(1))) {
      throw refusal(instant.toString(), "the pond is not that old; it began at " + timeOf(1));
    }
    long known = 1; // not later than the instant
    long beyond = newest + 1;
    while (beyond - known > 1) {
      long middle = known + (beyond - known) / 2;
      if (timeOf(middle).isAfter(instant)) {
        beyond = middle;
      } else {
        known = middle;
      }
    }
    return known;
  }

  private Instant timeOf(long txnSeq) {
    return Instant.EPOCH.plus(timestampOf(txnSeq), ChronoUnit.MICROS);
  }

  /** Returns a transaction's time: they increase strictly with the number, and all are given. */
  long timestampOf(long txnSeq) {
    try (Stream<TransactionRow> rows =
        reader.transactions(new LogFilter(Optional.empty(), txnSeq, txnSeq))) {
      return rows.mapToLong(TransactionRow::timestampMicros)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("transaction " + txnSeq + " is missing"));
    }
  }

  private static FileSystemException refusal(String subject, String why) {
    return new FileSystemException(subject, null, why);
  }
}
