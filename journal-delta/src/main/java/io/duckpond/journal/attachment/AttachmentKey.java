package io.duckpond.journal.attachment;

/**
 * Where an attachment is stored; holds for ever, as it names no file. Plain values, for whoever
 * keeps attachments in mind, as in a snapshot: {@code DeltaReadJournal.attachment} finds it again.
 *
 * @param persistenceId of its event
 * @param sequenceNr of its event
 * @param index its place among the attachments of the event, from 0
 */
public record AttachmentKey(String persistenceId, long sequenceNr, int index) {

  @Override
  public String toString() {
    return persistenceId + "/" + sequenceNr + "/" + index;
  }
}
