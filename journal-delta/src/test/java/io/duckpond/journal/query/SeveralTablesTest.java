package io.duckpond.journal.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.Teller;
import io.duckpond.journal.TestConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables beside each other in one system, whether it knows them from the start or not. */
final class SeveralTablesTest {
  @TempDir Path directory;

  private Config other(String name) {
    return ConfigFactory.parseString(
            """
            %1$s.journal = ${pekko.persistence.delta.journal} { directory = "%2$s/%1$s/journal" }
            %1$s.snapshot = ${pekko.persistence.delta.snapshot} { directory = "%2$s/%1$s/snapshots" }
            %1$s.query = ${pekko.persistence.delta.query} { journal = "%1$s.journal" }
            """
                .formatted(name, directory))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private void inSystem(Config config, BiConsumer<ActorSystem, TestKit> body) {
    ActorSystem system = ActorSystem.create("several", config);
    try {
      body.accept(system, new TestKit(system));
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  private static void persist(TestKit probe, ActorRef actor, String event) {
    probe.expectMsgClass(Teller.Recovered.class);
    actor.tell(new Teller.Persist(List.of(event)), probe.getRef());
    probe.expectMsgClass(Teller.Stored.class);
  }

  private static List<Object> events(ActorSystem system, DeltaReadJournal journal, String id) {
    try {
      return journal
          .currentEventsByPersistenceId(id, 0, Long.MAX_VALUE)
          .map(envelope -> (Object) envelope.event())
          .runWith(Sink.seq(), system)
          .toCompletableFuture()
          .get(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static DeltaReadJournal readJournal(ActorSystem system, String section) {
    return PersistenceQuery.get(system).getReadJournalFor(DeltaReadJournal.class, section);
  }

  @Test
  void eachJournalHasItsOwnEventsAndItsOwnReadJournal() {
    Config config = other("other").withFallback(TestConfig.in(directory));
    inSystem(
        ConfigFactory.parseString("pekko.loglevel = WARNING")
            .withFallback(TestConfig.in(directory))
            .withFallback(config),
        (system, probe) -> {
          persist(probe, system.actorOf(Teller.props("p", probe.getRef())), "here");
          persist(
              probe, system.actorOf(Teller.props("p", probe.getRef(), "other.journal")), "there");

          assertThat(events(system, readJournal(system, DeltaReadJournal.IDENTIFIER), "p"))
              .containsExactly("here");
          assertThat(events(system, readJournal(system, "other.query"), "p"))
              .containsExactly("there");
        });
  }

  @Test
  void eachSnapshotStoreHasItsOwnSnapshots() {
    inSystem(
        TestConfig.in(directory).withFallback(other("other")),
        (system, probe) -> {
          for (String store : List.of("pekko.persistence.delta.snapshot", "other.snapshot")) {
            Persistence.get(system)
                .snapshotStoreFor(store, ConfigFactory.empty())
                .tell(
                    new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata("p", 1, 0), store),
                    probe.getRef());
            probe.expectMsgClass(SaveSnapshotSuccess.class);
          }
          Persistence.get(system)
              .snapshotStoreFor("other.snapshot", ConfigFactory.empty())
              .tell(
                  new SnapshotProtocol.LoadSnapshot(
                      "p", SnapshotSelectionCriteria.latest(), Long.MAX_VALUE),
                  probe.getRef());
          assertThat(
                  probe
                      .expectMsgClass(SnapshotProtocol.LoadSnapshotResult.class)
                      .snapshot()
                      .get()
                      .snapshot())
              .isEqualTo("other.snapshot");
        });
  }

  @Test
  void aJournalThatIsConfiguredAtRunTimeIsQueriedOnceItRuns() {
    Config later = other("later");
    inSystem(
        TestConfig.in(directory),
        (system, probe) -> {
          DeltaReadJournal queries =
              PersistenceQuery.get(system)
                  .getReadJournalFor(DeltaReadJournal.class, "later.query", later);
          assertThat(
                  queries
                      .currentPersistenceIds()
                      .runWith(Sink.seq(), system)
                      .toCompletableFuture()
                      .handle((ids, failure) -> String.valueOf(failure.getMessage()))
                      .join())
              .contains(
                  "[later.journal] is not in the system's configuration: a journal that is"
                      + " configured at run time can be queried once an actor has started it");

          Adapter.spawn(system, new Late(later, probe.getRef()), "late").tell("late");
          probe.expectMsgEquals("late");

          assertThat(events(system, queries, "p")).containsExactly("late");
        });
  }

  @Test
  void twoJournalsOfOneDirectoryAreRefused() {
    Config same =
        ConfigFactory.parseString(
                "same.journal = ${pekko.persistence.delta.journal} { directory = \"%s/journal\" }"
                    .formatted(directory))
            .withFallback(ConfigFactory.load())
            .resolve();
    inSystem(
        TestConfig.in(directory).withFallback(same),
        (system, probe) -> {
          persist(probe, system.actorOf(Teller.props("p", probe.getRef())), "first");
          system.actorOf(Teller.props("q", probe.getRef(), "same.journal"));

          assertThat(probe.expectMsgClass(Teller.Refused.class).cause())
              .hasMessageContaining(
                  "[%s/journal] is the table of [pekko.persistence.delta.journal]: give"
                          .formatted(directory)
                      + " [same.journal] a directory of its own");
        });
  }

  /** Persists what it is told, in a journal of which only this actor knows. */
  private static final class Late extends EventSourcedBehavior<String, String, String> {
    private final Config plugins;
    private final ActorRef owner;

    Late(Config plugins, ActorRef owner) {
      super(PersistenceId.ofUniqueId("p"));
      this.plugins = plugins;
      this.owner = owner;
    }

    @Override
    public String journalPluginId() {
      return "later.journal";
    }

    @Override
    public Optional<Config> journalPluginConfig() {
      return Optional.of(plugins);
    }

    @Override
    public String snapshotPluginId() {
      return "later.snapshot";
    }

    @Override
    public Optional<Config> snapshotPluginConfig() {
      return Optional.of(plugins);
    }

    @Override
    public String emptyState() {
      return "";
    }

    @Override
    public CommandHandler<String, String, String> commandHandler() {
      return (state, text) ->
          Effect().persist(text).thenRun(stored -> owner.tell(text, ActorRef.noSender()));
    }

    @Override
    public EventHandler<String, String> eventHandler() {
      return (state, text) -> text;
    }
  }
}
