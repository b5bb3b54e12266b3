package io.duckpond.journal.recovery;

import java.util.List;
import org.apache.pekko.persistence.PersistentRepr;

/**
 * One persistence id and all of its events that were asked for.
 *
 * @param persistenceId the partition
 * @param events by sequence number, deleted ones left out; what read adapters have made of them, so
 *     that any number may share a sequence number. Empty if all are deleted
 * @param highestSequenceNr the last sequence number among what was asked for, deleted ones included
 */
public record RecoveredPartition(
    String persistenceId, List<PersistentRepr> events, long highestSequenceNr) {

  public RecoveredPartition {
    events = List.copyOf(events);
  }
}
