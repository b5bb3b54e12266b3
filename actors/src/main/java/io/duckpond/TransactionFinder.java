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
    if (instant.isAfter(now)) {
      throw refusal(instant.toString(), "this is in the future");
    }
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    if (timestampOf(1) > micros) {
      throw refusal(instant.toString(), "the pond is not that old");
    }
    long known = 1; // not later than the instant
    long beyond = reader.txnSeq() + 1;
    while (beyond - known > 1) {
      long middle = known + (beyond - known) / 2;
      if (timestampOf(middle) <= micros) {
        known = middle;
      } else {
        beyond = middle;
      }
    }
    return known;
  }

  /** Times increase strictly with the number, and every number is given. */
  private long timestampOf(long txnSeq) {
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
