package io.duckpond.journal.commit;

import java.util.List;

/**
 * One event on its way into the log.
 *
 * @param partId its partition (persistence id)
 * @param seqNr its sequence number, at least 1
 * @param event what the codec encodes
 * @param writer Pekko's writer UUID, or empty
 * @param manifest the event adapter's manifest, or empty
 * @param tags its tags, in the order in which they are stored
 */
public record PendingEvent(
    String partId, long seqNr, Object event, String writer, String manifest, List<String> tags) {

  public PendingEvent {
    tags = List.copyOf(tags);
  }
}
