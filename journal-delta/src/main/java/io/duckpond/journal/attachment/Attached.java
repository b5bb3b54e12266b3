package io.duckpond.journal.attachment;

import java.util.List;

/**
 * An event with bulk bytes that become durable with it. Persisted in place of the event (inside or
 * outside of {@code Tagged} and {@code Grouped}), it is replayed as it was, in recovery, queries
 * and bulk recovery alike, but for the bytes: each attachment is then a {@link StoredAttachment},
 * which reads them when it is asked to.
 *
 * <p>Of several events that an actor persists, any may have attachments. All attachments of an
 * event count towards the largest size of one: a quarter of {@code memory-limit}. Event adapters
 * see the {@code Attached}; who binds one to the event's own class has it return an {@code
 * Attached}, and binds it to this class too.
 *
 * @param event what the codec stores; itself not attached
 * @param attachments in an order that is kept; there may be none
 * @param <E> the class of the event
 */
public record Attached<E>(E event, List<Attachment> attachments) {

  public Attached {
    attachments = List.copyOf(attachments);
    if (event instanceof Attached) {
      throw new IllegalArgumentException("attachments of an event that has some already");
    }
  }

  /** Returns an event with attachments. */
  public static <E> Attached<E> to(E event, Attachment... attachments) {
    return new Attached<>(event, List.of(attachments));
  }
}
