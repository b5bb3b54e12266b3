package io.duckpond.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.commit.Contribution;
import io.duckpond.journal.commit.Contribution.FirstEvent;
import io.duckpond.journal.commit.Receipt;
import io.duckpond.journal.commit.TextCodec;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.WriteLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaJournalTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir Path directory;

  /** Runs {@code body} in a system of its own, on the tables of this test. */
  private void inSystem(String overrides, Consumer<TestKit> body) {
    Config config = ConfigFactory.parseString(overrides).withFallback(TestConfig.in(directory));
    ActorSystem system = ActorSystem.create("test", config);
    try {
      body.accept(new TestKit(system));
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  private static ActorRef start(TestKit probe, String id, long highest, Object... events) {
    ActorRef actor = probe.getSystem().actorOf(Teller.props(id, probe.getRef()));
    probe.expectMsgEquals(new Teller.Recovered(List.of(events), highest));
    return actor;
  }

  private static void persist(TestKit probe, ActorRef actor, Object... events) {
    actor.tell(new Teller.Persist(List.of(events)), probe.getRef());
    for (Object event : events) {
      probe.expectMsgEquals(new Teller.Stored(event));
    }
  }

  private long tableVersion() throws IOException {
    try (LogTable table = LogTable.open(new RealDisk(), directory.resolve("journal"))) {
      return table.head().version();
    }
  }

  @Test
  void anotherSystemRecoversWhatWasPersisted() {
    inSystem(
        "",
        probe -> {
          ActorRef a = start(probe, "a", 0);
          persist(probe, a, "one");
          persist(probe, a, "two", "three");
        });

    inSystem("", probe -> persist(probe, start(probe, "a", 3, "one", "two", "three"), "four"));

    inSystem("", probe -> start(probe, "a", 4, "one", "two", "three", "four"));
  }

  @Test
  void theHighestSequenceNumberSurvivesDeletion() {
    inSystem(
        "",
        probe -> {
          ActorRef a = start(probe, "a", 0);
          persist(probe, a, "one", "two", "three");
          a.tell(2L, probe.getRef());
          probe.expectMsgEquals(new DeleteMessagesSuccess(2));
        });
    inSystem(
        "",
        probe -> {
          ActorRef a = start(probe, "a", 3, "three");
          a.tell(Long.MAX_VALUE, probe.getRef());
          probe.expectMsgClass(DeleteMessagesSuccess.class);
        });

    inSystem("", probe -> persist(probe, start(probe, "a", 3), "four"));

    inSystem("", probe -> start(probe, "a", 4, "four"));
  }

  @Test
  void aTransactionOverActorsIsOneCommitWithOneReceipt() throws IOException {
    inSystem(
        "",
        probe -> {
          ActorRef a = start(probe, "a", 0);
          ActorRef b = start(probe, "b", 0);
          CompletableFuture<Receipt> owner =
              GroupCommits.get(probe.getSystem())
                  .contribute(
                      "",
                      "t",
                      3,
                      new Contribution(
                          List.of(new FirstEvent("c", "born")), List.of(), new byte[] {1}))
                  .toCompletableFuture();
          Grouped toA = new Grouped("t", 3, "to a");
          Tagged toB = new Tagged(new Grouped("t", 3, "to b"), Set.of("red"));
          a.tell(new Teller.Persist(List.of(toA)), probe.getRef());
          assertThat(owner).isNotDone();
          b.tell(new Teller.Persist(List.of(toB)), probe.getRef());
          probe.expectMsgAllOf(new Teller.Stored(toA), new Teller.Stored(toB));

          Receipt receipt = owner.join();
          assertThat(receipt.txnSeq()).isEqualTo(1);
          assertThat(receipt.entries()).isEqualTo(3);
          assertThat(GroupCommits.get(probe.getSystem()).receipt("", "t")).contains(receipt);
          assertThat(GroupCommits.get(probe.getSystem()).receipt("", "other")).isEmpty();
        });

    assertThat(tableVersion()).isEqualTo(1);
    inSystem(
        "",
        probe -> {
          start(probe, "a", 1, "to a");
          start(probe, "b", 1, "to b");
          start(probe, "c", 1, "born");
        });
  }

  @Test
  void aTransactionWithoutAllItsActorsLeavesNothingAndHarmsNobody() {
    inSystem(
        "pekko.persistence.delta.journal.group-timeout = 300 ms",
        probe -> {
          ActorRef a = start(probe, "a", 0);
          ActorRef b = start(probe, "b", 0);
          a.tell(new Teller.Persist(List.of(new Grouped("t", 2, "lost"))), probe.getRef());
          persist(probe, b, "alone");

          Teller.Refused refused = probe.expectMsgClass(Teller.Refused.class);

          assertThat(refused.cause())
              .isInstanceOf(JournalException.class)
              .hasMessageContaining("transaction [t]: only [1] of [2] participants");
          persist(probe, start(probe, "a", 0), "again");
          persist(probe, b, "more");
        });

    inSystem(
        "",
        probe -> {
          start(probe, "a", 1, "again");
          start(probe, "b", 2, "alone", "more");
        });
  }

  @Test
  void anActorThatComesBackWaitsForWhatItHadUnderWay() {
    inSystem(
        "",
        probe -> {
          ActorRef a = start(probe, "a", 0);
          a.tell(new Teller.Persist(List.of(new Grouped("t", 2, "held"))), probe.getRef());
          probe.watch(a);
          a.tell(PoisonPill.getInstance(), probe.getRef());
          probe.expectTerminated(a);
          ActorRef again = probe.getSystem().actorOf(Teller.props("a", probe.getRef()));
          probe.expectNoMessage(Duration.ofMillis(300));

          contribution(probe, "t", 2, "y").join();

          probe.expectMsgEquals(new Teller.Recovered(List.of("held"), 1));
          persist(probe, again, "next");
        });
  }

  private static CompletableFuture<Receipt> contribution(
      TestKit probe, String txnId, int participants, String partId) {
    return GroupCommits.get(probe.getSystem())
        .contribute(
            "",
            txnId,
            participants,
            new Contribution(List.of(new FirstEvent(partId, "e")), List.of(), NOTHING))
        .toCompletableFuture();
  }

  @Test
  void eventsPersistedTogetherAreAllInOneTransactionOrRejected() {
    inSystem(
        "",
        probe -> {
          ActorRef a = start(probe, "a", 0);

          a.tell(
              new Teller.Persist(List.of("plain", new Grouped("t", 1, "grouped"))), probe.getRef());

          assertThat(probe.expectMsgClass(Teller.Refused.class).cause())
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("partition [a]: events persisted together");
        });
  }

  @Test
  void aTableThatIsBeingWrittenByAnotherIsRefusedByName() throws IOException {
    Path lockFile = directory.resolve("journal.lock");
    WriteLock held = WriteLock.acquire(Machine.real(), lockFile, Duration.ZERO, "the test itself");
    try (held) {
      inSystem(
          "pekko.persistence.delta.journal.lock-wait = 0s\npekko.loglevel = OFF",
          probe -> {
            probe.getSystem().actorOf(Teller.props("a", probe.getRef()));

            assertThat(probe.expectMsgClass(Teller.Refused.class).cause())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("the test itself");
            assertThatThrownBy(() -> contribution(probe, "t", 1, "p").join())
                .hasCauseInstanceOf(JournalException.class);
          });
    }

    inSystem("", probe -> persist(probe, start(probe, "a", 0), "now"));
  }

  @Test
  void aCodecNamedByTheConfigurationWritesItsColumns() {
    String codec = "pekko.persistence.delta.journal.codec = " + TextCodec.class.getName();
    inSystem(
        codec,
        probe -> {
          ActorRef a = start(probe, "a", 0);
          persist(probe, a, "one+and+more|bulk");
          a.tell(new Teller.Persist(List.of("refused")), probe.getRef());
          assertThat(probe.expectMsgClass(Teller.Refused.class).cause())
              .hasMessage("refused by the codec");
        });

    // What was attached is not read at recovery.
    inSystem(codec, probe -> start(probe, "a", 1, "one+and+more"));
  }

  @Test
  void aRefusalOfTheCodecFailsTheWholeTransaction() {
    inSystem(
        "pekko.persistence.delta.journal.codec = " + TextCodec.class.getName(),
        probe -> {
          ActorRef a = start(probe, "a", 0);
          ActorRef b = start(probe, "b", 0);
          a.tell(new Teller.Persist(List.of(new Grouped("t", 2, "fine"))), probe.getRef());
          b.tell(new Teller.Persist(List.of(new Grouped("t", 2, "refused"))), probe.getRef());

          for (int participant = 0; participant < 2; participant++) {
            assertThat(probe.expectMsgClass(Teller.Refused.class).cause())
                .isInstanceOf(JournalException.class)
                .hasMessage("transaction [t]: refused by the codec");
          }
          start(probe, "a", 0);
        });
  }

  @Test
  void aSetupsTableIsUsedAndLeftOpen() throws IOException {
    try (LogTable table = LogTable.create(new RealDisk(), directory.resolve("given"), Map.of())) {
      for (int round = 1; round <= 2; round++) {
        ActorSystem system =
            ActorSystem.create(
                "test",
                ActorSystemSetup.create(
                    BootstrapSetup.create(
                        ConfigFactory.parseString(
                                "pekko.persistence.delta.journal.directory = \"\"")
                            .withFallback(TestConfig.in(directory))),
                    new DeltaJournalSetup(table, new TextCodec())));
        try {
          TestKit probe = new TestKit(system);
          if (round == 1) {
            persist(probe, start(probe, "a", 0), "one");
          } else {
            start(probe, "a", 1, "one");
          }
        } finally {
          TestKit.shutdownActorSystem(system);
        }
        assertThat(table.refresh().version()).isEqualTo(1);
      }
    }
  }

  @Test
  void manyActorsShareCommits() throws IOException {
    int many = 200;
    inSystem(
        "",
        probe -> {
          List<ActorRef> actors = new ArrayList<>();
          for (int i = 0; i < many; i++) {
            actors.add(probe.getSystem().actorOf(Teller.props("p" + i, probe.getRef())));
          }
          probe.receiveN(many);
          actors.forEach(actor -> actor.tell(new Teller.Persist(List.of("event")), probe.getRef()));
          assertThat(probe.receiveN(many)).containsOnly(new Teller.Stored("event"));
        });

    assertThat(tableVersion()).isBetween(1L, many / 4L);
  }

  @Test
  void aJournalThatKnowsNoTransactionsIsRefused() {
    inSystem(
        "pekko.persistence.journal.plugin = pekko.persistence.journal.inmem",
        probe ->
            assertThatThrownBy(() -> contribution(probe, "t", 1, "p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knows no transactions"));
  }
}
