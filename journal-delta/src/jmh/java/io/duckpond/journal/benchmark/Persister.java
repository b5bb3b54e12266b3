package io.duckpond.journal.benchmark;

import io.duckpond.journal.Grouped;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;

/** A persistent actor that answers when an event, or the last of several, is durable. */
final class Persister extends AbstractPersistentActor {
  private final String persistenceId;
  private long replayed;

  /** How events are persisted. */
  enum Call {
    PERSIST,
    PERSIST_ASYNC,
    PERSIST_ALL
  }

  /**
   * What to persist.
   *
   * @param events how many of them at once with {@code PERSIST_ALL}; one after another otherwise
   */
  record Command(Call call, int events, boolean answer) {}

  /** Asks to persist an event as one of the participants of a transaction. */
  record Join(String txnId, int participants) {}

  /** Asks for how many events were replayed. */
  enum Count {
    REPLAYED
  }

  Persister(String persistenceId) {
    this.persistenceId = persistenceId;
  }

  static Props props(String persistenceId) {
    return Props.create(Persister.class, () -> new Persister(persistenceId));
  }

  @Override
  public String persistenceId() {
    return persistenceId;
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder().match(byte[].class, event -> replayed++).build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Command.class, this::persist)
        .match(Join.class, this::join)
        .match(Count.class, count -> getSender().tell(replayed, getSelf()))
        .build();
  }

  private void persist(Command command) {
    ActorRef asker = getSender();
    switch (command.call()) {
      case PERSIST -> persist(Payloads.of(lastSequenceNr()), event -> answer(command, asker));
      case PERSIST_ASYNC ->
          persistAsync(Payloads.of(lastSequenceNr()), event -> answer(command, asker));
      case PERSIST_ALL -> {
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < command.events(); i++) {
          events.add(Payloads.of(lastSequenceNr() + i));
        }
        int[] left = {events.size()};
        persistAll(
            events,
            event -> {
              if (--left[0] == 0) {
                answer(command, asker);
              }
            });
      }
    }
  }

  private void join(Join join) {
    ActorRef asker = getSender();
    byte[] event = Payloads.of(lastSequenceNr());
    persist(
        new Grouped(join.txnId(), join.participants(), event),
        stored -> asker.tell(lastSequenceNr(), getSelf()));
  }

  private void answer(Command command, ActorRef asker) {
    if (command.answer()) {
      asker.tell(lastSequenceNr(), getSelf());
    }
  }
}
