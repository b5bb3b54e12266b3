package io.duckpond.journal.check;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is lost when the log's end is cut.
 *
 * @param lastVersion the last version that stays
 * @param lastTxnSeq the last transaction that stays
 * @param lastLost the last transaction that is lost; empty if an entry that cannot be read may hold
 *     more
 * @param entries names of the log entries that go
 * @param partitions partitions of the lost transactions, as far as they are known
 */
public record Loss(
    long lastVersion,
    long lastTxnSeq,
    OptionalLong lastLost,
    List<String> entries,
    Set<String> partitions) {

  public Loss {
    entries = List.copyOf(entries);
    partitions = Set.copyOf(partitions);
  }
}
