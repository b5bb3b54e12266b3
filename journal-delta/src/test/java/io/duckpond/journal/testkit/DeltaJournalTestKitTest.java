package io.duckpond.journal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.JournalUpkeep;
import io.duckpond.journal.example.Account;
import java.time.Duration;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kit that applications test their persistent actors with. */
final class DeltaJournalTestKitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DeltaJournalTestKit journal =
      new DeltaJournalTestKit(
          ConfigFactory.parseString("pekko.loglevel = ERROR, pekko.stdout-loglevel = ERROR"),
          PATIENCE);
  private ActorSystem system = journal.start("kit");

  @AfterEach
  void stop() {
    journal.stop();
  }

  private TestProbe<Long> probe() {
    return ActorTestKit.create(Adapter.toTyped(system)).createTestProbe();
  }

  private ActorRef<Account.Deposit> account(String id) {
    return Adapter.spawnAnonymous(system, Account.of(id));
  }

  private long deposit(ActorRef<Account.Deposit> account, long amount) {
    TestProbe<Long> probe = probe();
    account.tell(new Account.Deposit(amount, probe.getRef()));
    return probe.receiveMessage(PATIENCE);
  }

  @Test
  void eventsAreExpectedOneAfterAnotherAndNothingElse() {
    ActorRef<Account.Deposit> account = account("a");
    deposit(account, 5);
    deposit(account, 7);

    journal.expectNextPersisted("a", 5L);
    assertThat(journal.expectNextPersistedClass("a", Long.class)).isEqualTo(7);
    journal.expectNothingPersisted("a");
    journal.expectNothingPersisted("b");
    deposit(account, 9);
    assertThat(journal.persistedInStorage("a")).containsExactly(5L, 7L, 9L);
    assertThatThrownBy(() -> journal.expectNothingPersisted("a"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("persistence id [a]: expected nothing more, found [9]");
    assertThatThrownBy(() -> journal.expectNextPersisted("a", 1L))
        .isInstanceOf(AssertionError.class)
        .hasMessage("persistence id [a]: expected [1], found [9]");
  }

  @Test
  void anotherSystemRecoversFromSnapshotsAndEventsUntilAllIsCleared() {
    ActorRef<Account.Deposit> account = account("a");
    for (int i = 0; i < 250; i++) {
      deposit(account, 1);
    }

    system = journal.restart();

    assertThat(deposit(account("a"), 1)).isEqualTo(251);
    assertThat(
            JournalUpkeep.runSnapshots(system, "pekko.persistence.delta.snapshot")
                .toCompletableFuture()
                .join()
                .txnSeq())
        .isPositive();
    assertThatThrownBy(journal::clearAll)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("system [kit] still runs: stop it first");
    journal.stop();
    journal.clearAll();
    system = journal.start("kit");
    assertThat(journal.persistedInStorage("a")).isEmpty();
    assertThat(deposit(account("a"), 1)).isEqualTo(1);
  }

  @Test
  void anActorThatCannotPersistComesBackWithWhatIsStored() {
    ActorRef<Account.Deposit> account = account("a");
    deposit(account, 5);
    TestProbe<Long> probe = probe();
    journal.failNextWrites(1);

    account.tell(new Account.Deposit(7, probe.getRef()));
    account.tell(new Account.Deposit(9, probe.getRef()));

    assertThat(probe.receiveMessage(PATIENCE)).isEqualTo(14);
    assertThat(journal.persistedInStorage("a")).containsExactly(5L, 9L);
  }

  @Test
  void anActorThatCannotRecoverTriesAgain() {
    deposit(account("a"), 5);
    system = journal.restart();
    journal.failNextReads(1);

    assertThat(deposit(account("a"), 7)).isEqualTo(12);
  }

  @Test
  void anExpectationThatIsNotMetSaysWhatItWaitedFor() {
    DeltaJournalTestKit hasty =
        new DeltaJournalTestKit(ConfigFactory.empty(), Duration.ofSeconds(1));
    hasty.start("hasty");

    assertThatThrownBy(() -> hasty.expectNextPersisted("a", 1L))
        .isInstanceOf(AssertionError.class)
        .hasMessage("persistence id [a]: expected an event, found none within 1000 ms");

    hasty.stop();
  }
}
