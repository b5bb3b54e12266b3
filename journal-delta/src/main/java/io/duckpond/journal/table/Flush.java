package io.duckpond.journal.table;

import java.util.List;

/**
 * What one Delta commit is to hold.
 *
 * @param records in any order; written sorted by kind, partition and sequence number
 * @param staged staged files to list, each with the transaction that it belongs to
 * @param txnSeq the last transaction number of the table after the flush
 * @param timestampMicros its timestamp
 */
public record Flush(
    List<? extends FlushRecord> records, List<Staged> staged, long txnSeq, long timestampMicros) {

  /** A staged file and the number and time of its transaction. */
  public record Staged(StagedFile file, long txnSeq, long timestampMicros) {}

  public Flush {
    records = List.copyOf(records);
    staged = List.copyOf(staged);
  }
}
