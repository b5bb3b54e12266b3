package io.duckpond.journal;

import io.duckpond.journal.attachment.Attached;
import io.duckpond.journal.attachment.Attachment;
import io.duckpond.journal.commit.PendingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What one AtomicWrite asks for: the events of one persistence id, stripped of what Pekko and this
 * plugin wrap them in, and the transaction that they are part of, if any.
 */
record IncomingWrite(Optional<Transaction> transaction, List<PendingEvent> events) {

  /** The name of a grouped transaction and the number of its participants. */
  record Transaction(String txnId, int participants) {}

  /** Refuses, with {@link IllegalArgumentException}, a write that is only partly grouped. */
  static IncomingWrite of(AtomicWrite write) {
    List<PendingEvent> events = new ArrayList<>();
    Optional<Transaction> transaction = Optional.empty();
    for (PersistentRepr repr : CollectionConverters.asJava(write.payload())) {
      Unwrapped unwrapped = Unwrapped.of(repr.payload());
      if (events.isEmpty()) {
        transaction = unwrapped.transaction;
      } else if (!transaction.equals(unwrapped.transaction)) {
        throw new IllegalArgumentException(
            "partition ["
                + repr.persistenceId()
                + "]: events persisted together are all in one transaction, or in none");
      }
      events.add(pending(repr, unwrapped));
    }
    return new IncomingWrite(transaction, events);
  }

  /** Returns the transaction that one event is to be part of, if any. */
  static Optional<Transaction> transactionOf(PersistentRepr repr) {
    return Unwrapped.of(repr.payload()).transaction;
  }

  private static PendingEvent pending(PersistentRepr repr, Unwrapped unwrapped) {
    return new PendingEvent(
        repr.persistenceId(),
        repr.sequenceNr(),
        unwrapped.stored(repr),
        repr.writerUuid(),
        repr.manifest(),
        unwrapped.tags);
  }

  // The log has no column for replication's metadata: Pekko's own message, which has a serializer,
  // takes the event's place. EventReader undoes this.
  private static PersistentRepr withMetadata(PersistentRepr repr, Object event) {
    return PersistentRepr.apply(event, 0, "", "", false, ActorRef.noSender(), "")
        .withMetadata(repr.metadata().get());
  }

  /** An event without the wrappers, whichever of them is the outer one. */
  private static final class Unwrapped {
    private Object event;
    private Optional<Transaction> transaction = Optional.empty();
    private List<String> tags = List.of();
    private Optional<List<Attachment>> attachments = Optional.empty();

    private Unwrapped(Object event) {
      this.event = event;
    }

    static Unwrapped of(Object payload) {
      Unwrapped result = new Unwrapped(payload);
      while (true) {
        if (result.event instanceof Grouped grouped) {
          result.transaction =
              Optional.of(new Transaction(grouped.txnId(), grouped.participants()));
          result.event = grouped.event();
        } else if (result.event instanceof Tagged tagged) {
          result.tags = CollectionConverters.asJava(tagged.tags()).stream().sorted().toList();
          result.event = tagged.payload();
        } else if (result.event instanceof Attached<?> attached && result.attachments.isEmpty()) {
          result.attachments = Optional.of(attached.attachments());
          result.event = attached.event();
        } else {
          return result;
        }
      }
    }

    /** Returns what is left to store: all but the transaction and the tags. */
    Object stored(PersistentRepr repr) {
      Object bare = repr.metadata().isDefined() ? withMetadata(repr, event) : event;
      return attachments.<Object>map(attached -> new Attached<>(bare, attached)).orElse(bare);
    }
  }
}
