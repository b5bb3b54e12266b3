package io.duckpond.journal.commit;

import java.time.Duration;

/**
 * The bounds of a {@link CommitQueue}.
 *
 * @param linger how long the first of a flush waits for company; zero for not at all
 * @param maxFlushBytes bytes of rows in one flush, unless a single transaction is larger
 * @param maxFlushRows rows in one flush, unless a single transaction has more
 * @param maxPendingBytes bytes of rows that may wait or be held; a write that finds more fails
 * @param memoryLimit bytes of Arrow memory for encoding; a single event may take a quarter of it
 * @param groupTimeout how long a transaction is held for its participants
 * @param sequenceRule what is demanded of sequence numbers
 * @param knownPartitions partitions whose highest sequence number is kept in memory
 * @param rememberedTransactions transactions whose outcome is kept in memory
 */
public record CommitSettings(
    Duration linger,
    long maxFlushBytes,
    int maxFlushRows,
    long maxPendingBytes,
    long memoryLimit,
    Duration groupTimeout,
    SequenceRule sequenceRule,
    int knownPartitions,
    int rememberedTransactions) {

  public CommitSettings {
    if (linger.isNegative() || groupTimeout.isNegative() || groupTimeout.isZero()) {
      throw new IllegalArgumentException("a duration is not positive");
    }
    if (maxFlushBytes < 1
        || maxFlushRows < 1
        || maxPendingBytes < 1
        || memoryLimit < 1
        || knownPartitions < 1
        || rememberedTransactions < 1) {
      throw new IllegalArgumentException("a bound is not positive");
    }
  }
}
