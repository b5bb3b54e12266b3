package io.duckpond.journal.commit;

import io.duckpond.journal.table.StagedFile;
import java.util.List;

/**
 * What the owner of a transaction adds to the events that persistent actors bring.
 *
 * @param firstEvents events with sequence number 1 of partitions that have no actor yet
 * @param staged finished staged files
 * @param description opaque bytes, stored as the transaction's record of kind {@code transaction}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Contribution(
    List<FirstEvent> firstEvents, List<StagedFile> staged, byte[] description) {

  /** The first event of a new partition. */
  public record FirstEvent(String partId, Object event) {}

  public Contribution {
    firstEvents = List.copyOf(firstEvents);
    staged = List.copyOf(staged);
  }
}
