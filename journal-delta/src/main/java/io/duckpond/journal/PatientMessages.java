package io.duckpond.journal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import scala.collection.Iterator;

/**
 * Messages to the journal that let others go first: writes of transactions of many participants,
 * which wait for each other in any case, and whatever of the same actor or persistence id comes
 * behind them. So each actor's messages stay in their order. Not thread-safe.
 */
final class PatientMessages {

  /** Transactions of so many participants are patient. */
  private static final int MANY = 64;

  private final Queue<Object> messages = new ArrayDeque<>();
  private final Map<Object, Integer> owners = new HashMap<>();

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Takes a message in, if it is one to wait; returns whether it was. */
  boolean take(Object message) {
    if (!(message instanceof JournalProtocol.WriteMessages write && isPatient(write))
        && !isBehind(message)) {
      return false;
    }
    messages.add(message);
    owned(message, 1);
    return true;
  }

  /** Returns the next message, which does not wait any more. */
  Optional<Object> next() {
    Optional<Object> next = Optional.ofNullable(messages.poll());
    next.ifPresent(message -> owned(message, -1));
    return next;
  }

  private boolean isBehind(Object message) {
    if (owners.isEmpty()) {
      return false;
    }
    if (message instanceof JournalProtocol.WriteMessages write) {
      return owners.containsKey(write.persistentActor());
    }
    if (message instanceof JournalProtocol.ReplayMessages replay) {
      return owners.containsKey(replay.persistenceId());
    }
    return message instanceof JournalProtocol.DeleteMessagesTo delete
        && owners.containsKey(delete.persistenceId());
  }

  private void owned(Object message, int more) {
    if (message instanceof JournalProtocol.WriteMessages write) {
      count(write.persistentActor(), more);
      for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
        if (all.next() instanceof AtomicWrite atomic) {
          count(atomic.persistenceId(), more);
        }
      }
    } else if (message instanceof JournalProtocol.ReplayMessages replay) {
      count(replay.persistenceId(), more);
    } else if (message instanceof JournalProtocol.DeleteMessagesTo delete) {
      count(delete.persistenceId(), more);
    }
  }

  /**
   * @param owner an {@link ActorRef} or a persistence id
   */
  private void count(Object owner, int more) {
    owners.merge(owner, more, (before, change) -> before + change == 0 ? null : before + change);
  }

  private static boolean isPatient(JournalProtocol.WriteMessages write) {
    for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
      if (all.next() instanceof AtomicWrite atomic) {
        return IncomingWrite.transactionOf((PersistentRepr) atomic.payload().head())
            .filter(transaction -> transaction.participants() >= MANY)
            .isPresent();
      }
    }
    return false;
  }
}
