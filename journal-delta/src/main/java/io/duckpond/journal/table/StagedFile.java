package io.duckpond.journal.table;

import io.duckpond.journal.disk.Sha256;
import java.util.Set;

/**
 * A finished data file that no commit lists yet: its bytes are durable, its name is not.
 *
 * @param name of its draft, relative to the table; a commit lists it under a name of its own
 * @param partId the fresh partition id that its records carry
 * @param size bytes
 * @param records number of records
 * @param rows number of rows inside the records
 * @param modifiedMillis modification time, milliseconds since the epoch
 * @param sha256 of the whole file
 * @param tail the part of the file that is checked whenever it is opened
 * @param innerPartIds what goes into the file's bloom filter beside {@code partId}
 */
public record StagedFile(
    String name,
    String partId,
    long size,
    long records,
    long rows,
    long modifiedMillis,
    Sha256 sha256,
    FileTail tail,
    Set<String> innerPartIds) {

  public StagedFile {
    innerPartIds = Set.copyOf(innerPartIds);
  }
}
