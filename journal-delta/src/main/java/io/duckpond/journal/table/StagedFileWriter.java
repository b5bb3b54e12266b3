package io.duckpond.journal.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;

/**
 * Writes a data file ahead of its commit, record by record, with bounded memory. Not thread-safe.
 * Closing without {@link #finish} removes what was written.
 */
public interface StagedFileWriter extends Closeable {

  /** Returns the partition id, a fresh UUIDv7, of all records of this file. */
  String partId();

  /** Returns the bytes of content appended so far. */
  long bytes();

  /**
   * Appends a record of kind attachment; its sequence number is 1 for the first and one more for
   * each next. Returns that number, perhaps before the record is written: if that fails, the next
   * call throws, and each after it.
   *
   * @param innerPartIds the partitions that the rows inside belong to, for pruning
   */
  long append(int count, byte[] content, Set<String> innerPartIds) throws IOException;

  /** Completes and syncs the file; a commit that lists it syncs its name. */
  StagedFile finish() throws IOException;
}
