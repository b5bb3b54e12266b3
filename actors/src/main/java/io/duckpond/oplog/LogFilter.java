package io.duckpond.oplog;

import java.util.Optional;
import java.util.Set;

/**
 * Which part of the log to read.
 *
 * @param partIds only these partitions; empty for all
 * @param fromTxnSeq first transaction wanted
 * @param toTxnSeq last transaction wanted
 */
public record LogFilter(Optional<Set<String>> partIds, long fromTxnSeq, long toTxnSeq) {

  /** Everything. */
  public static final LogFilter ALL = new LogFilter(Optional.empty(), 1, Long.MAX_VALUE);

  public LogFilter {
    partIds = partIds.map(Set::copyOf);
  }
}
