package io.duckpond.journal.example;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** An account whose events are the amounts that were paid in. */
public final class Account extends EventSourcedBehavior<Account.Deposit, Long, Long> {
  /** Pays something in, and asks for the balance. */
  public record Deposit(long amount, ActorRef<Long> balance) {}

  private Account(String id) {
    super(
        PersistenceId.ofUniqueId(id),
        SupervisorStrategy.restartWithBackoff(
            java.time.Duration.ofMillis(10), java.time.Duration.ofSeconds(1), 0.1));
  }

  /** Returns the account of an id, as it was left. */
  public static Behavior<Deposit> of(String id) {
    return new Account(id);
  }

  @Override
  public Long emptyState() {
    return 0L;
  }

  @Override
  public CommandHandler<Deposit, Long, Long> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Deposit.class,
            deposit ->
                Effect().persist(deposit.amount()).thenReply(deposit.balance(), balance -> balance))
        .build();
  }

  @Override
  public EventHandler<Long, Long> eventHandler() {
    return (balance, amount) -> balance + amount;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(100, 2); // the last two snapshots are kept
  }
}
