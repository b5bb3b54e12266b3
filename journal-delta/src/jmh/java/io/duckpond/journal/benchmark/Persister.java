package io.duckpond.journal.benchmark;

import io.duckpond.journal.Grouped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  record Command(Call call, int events) {}

  /** Asks to persist an event as one of the participants of a transaction. */
  record Join(String txnId, int participants) {}

  /** Asks for how many events were replayed. */
  enum Count {
    REPLAYED
  }

  /**
   * A message, and the future that is told once what it asks for is done: on the actor's thread, so
   * that the answer costs the journals that are compared as little as can be.
   */
  record Asked(Object message, CompletableFuture<Object> answer) {}

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
    return receiveBuilder().match(Asked.class, this::asked).build();
  }

  private void asked(Asked asked) {
    if (asked.message() instanceof Command command) {
      persist(command, asked.answer());
    } else if (asked.message() instanceof Join join) {
      join(join, asked.answer());
    } else {
      asked.answer().complete(replayed);
    }
  }

  private void persist(Command command, CompletableFuture<Object> answer) {
    switch (command.call()) {
      case PERSIST ->
          persist(Payloads.of(lastSequenceNr()), event -> answer.complete(lastSequenceNr()));
      case PERSIST_ASYNC ->
          persistAsync(Payloads.of(lastSequenceNr()), event -> answer.complete(lastSequenceNr()));
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
                answer.complete(lastSequenceNr());
              }
            });
      }
    }
  }

  private void join(Join join, CompletableFuture<Object> answer) {
    byte[] event = Payloads.of(lastSequenceNr());
    persist(
        new Grouped(join.txnId(), join.participants(), event),
        stored -> answer.complete(lastSequenceNr()));
  }
}
