package io.duckpond.journal.table;

import io.duckpond.journal.disk.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * What upkeep, which moves records from file to file, has to know of their contents. Any thread.
 */
public interface RecordMerger {

  /**
   * Returns one content that holds the rows of all of {@code records}, in their order; empty if
   * they cannot stand in one.
   */
  Optional<byte[]> merge(List<LogRecord> records);

  /**
   * Returns the sum of one digest for each row of a record: of its kind, its partition, its place
   * among the rows of its event and the value of each column. Sums do not depend on how rows are
   * spread over records and files.
   */
  Sha256 digest(LogRecord record);
}
