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

  /**
   * Returns what records are added to one after another, to be digested and then merged. A merger
   * that takes records apart for both returns one of its own, which does so once.
   */
  default Gathering gathering() {
    return new PlainGathering(this);
  }

  /** Records on their way into one, and the digest of each. For one thread. */
  interface Gathering {
    /** Adds a record and returns its {@link RecordMerger#digest}. */
    Sha256 add(LogRecord record);

    /** Returns what {@link RecordMerger#merge} makes of all records that were added. */
    Optional<byte[]> merge();
  }
}
