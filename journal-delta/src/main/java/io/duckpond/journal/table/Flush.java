package io.duckpond.journal.table;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one Delta commit is to hold.
 *
 * @param records in any order; written sorted by kind, partition and sequence number
 * @param staged staged files to list, each with the transaction that it belongs to
 * @param prepared files of records that were written ahead, likewise
 * @param txnSeq the last transaction number of the table after the flush
 * @param timestampMicros its timestamp
 */
public record Flush(
    List<? extends FlushRecord> records,
    List<Staged> staged,
    List<Prepared> prepared,
    long txnSeq,
    long timestampMicros) {

  /** A staged file and the number and time of its transaction. */
  public record Staged(StagedFile file, long txnSeq, long timestampMicros) {}

  /** Records written ahead, and the number and time of their transaction. */
  public record Prepared(PreparedRecords file, long txnSeq, long timestampMicros) {}

  public Flush {
    records = List.copyOf(records);
    staged = List.copyOf(staged);
    prepared = List.copyOf(prepared);
  }

  /** One of which nothing was written ahead. */
  public Flush(
      List<? extends FlushRecord> records, List<Staged> staged, long txnSeq, long timestampMicros) {
    this(records, staged, List.of(), txnSeq, timestampMicros);
  }

  /** Returns the names of the drafts that it lists. */
  List<String> drafts() {
    return Stream.concat(
            staged.stream().map(file -> file.file().name()),
            prepared.stream().map(file -> file.file().name()))
        .toList();
  }
}
