package io.duckpond.journal;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;

/**
 * A persistent actor for tests: it tells its owner what it has recovered ({@link Recovered}), what
 * became durable ({@link Stored}) and what did not ({@link Refused}).
 */
public final class Teller extends AbstractPersistentActor {
  /** Asks for one persist of these events. */
  public record Persist(List<?> events) {}

  public record Recovered(List<Object> events, long highest) {}

  public record Stored(Object event) {}

  public record Refused(Throwable cause) {}

  private final String id;
  private final ActorRef owner;
  private final String journal;
  private final List<Object> recovered = new ArrayList<>();

  private Teller(String id, ActorRef owner, String journal) {
    this.id = id;
    this.owner = owner;
    this.journal = journal;
  }

  public static Props props(String id, ActorRef owner) {
    return props(id, owner, "");
  }

  /** One that uses the journal plugin of a section. */
  public static Props props(String id, ActorRef owner, String journal) {
    return Props.create(Teller.class, () -> new Teller(id, owner, journal));
  }

  @Override
  public String journalPluginId() {
    return journal;
  }

  @Override
  public String persistenceId() {
    return id;
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(
            org.apache.pekko.persistence.RecoveryCompleted.class,
            done -> owner.tell(new Recovered(List.copyOf(recovered), lastSequenceNr()), getSelf()))
        .matchAny(recovered::add)
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(
            Persist.class,
            persist ->
                persistAll(persist.events(), event -> owner.tell(new Stored(event), getSelf())))
        .match(Long.class, this::deleteMessages)
        .matchAny(message -> owner.tell(message, getSelf()))
        .build();
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long seqNr) {
    owner.tell(new Refused(cause), getSelf());
  }

  @Override
  public void onPersistRejected(Throwable cause, Object event, long seqNr) {
    owner.tell(new Refused(cause), getSelf());
  }

  @Override
  public void onRecoveryFailure(Throwable cause, scala.Option<Object> event) {
    owner.tell(new Refused(cause), getSelf());
  }
}
