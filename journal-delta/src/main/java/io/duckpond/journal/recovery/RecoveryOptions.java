package io.duckpond.journal.recovery;

import io.duckpond.journal.table.PartIdRange;

/**
 * What a recovery hands out, and what it may take for that.
 *
 * @param persistenceIds between which ids
 * @param fromTxnSeq of which transaction on: who has a snapshot of all up to one begins after it,
 *     and files that hold nothing newer are not opened; 0 for all
 * @param memoryBytes the most bytes of stored events that are read ahead, unless one persistence id
 *     has more; decoded ones may take several times as much
 * @param parallelism how many threads read and decode
 */
public record RecoveryOptions(
    PartIdRange persistenceIds, long fromTxnSeq, long memoryBytes, int parallelism) {

  /** Everything, in 96 MiB, by as many threads as there are processors. */
  public static final RecoveryOptions ALL =
      new RecoveryOptions(
          PartIdRange.ALL, 0, 96L << 20, Runtime.getRuntime().availableProcessors());

  public RecoveryOptions {
    if (fromTxnSeq < 0 || memoryBytes < 1 || parallelism < 1) {
      throw new IllegalArgumentException("a bound is not positive");
    }
  }

  /** The same of some persistence ids only. */
  public RecoveryOptions within(PartIdRange ids) {
    return new RecoveryOptions(ids, fromTxnSeq, memoryBytes, parallelism);
  }

  /** The same of what transaction {@code first} and later ones stored. */
  public RecoveryOptions from(long first) {
    return new RecoveryOptions(persistenceIds, first, memoryBytes, parallelism);
  }

  /** The same with another bound of the events that are read ahead. */
  public RecoveryOptions memory(long bytes) {
    return new RecoveryOptions(persistenceIds, fromTxnSeq, bytes, parallelism);
  }

  /** The same with another number of threads. */
  public RecoveryOptions threads(int count) {
    return new RecoveryOptions(persistenceIds, fromTxnSeq, memoryBytes, count);
  }
}
