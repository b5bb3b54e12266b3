package io.duckpond.journal.query;

import static io.duckpond.journal.query.QueriedSystem.shown;
import static io.duckpond.journal.query.QueriedSystem.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.disk.JournalException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.journal.EventSeq;
import org.apache.pekko.persistence.journal.ReadEventAdapter;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.NoOffset;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadJournalTest {
  private static final Offset NO_OFFSET = NoOffset.getInstance();
  private static final String OTHER =
      """
      other.journal = ${pekko.persistence.delta.journal} { directory = "%s/other" }
      other.query = ${pekko.persistence.delta.query} { %s }
      """;

  @TempDir Path directory;

  private QueriedSystem start(String overrides) {
    return new QueriedSystem(directory, overrides);
  }

  /** A system that reads the table of another one. */
  private QueriedSystem follower(String more) {
    return new QueriedSystem(
        directory.resolve("unused"),
        """
        pekko.persistence.delta.query {
          directory = "%s/journal"
          poll-interval = 50ms
        }
        %s
        """
            .formatted(directory, more));
  }

  @Test
  void everyPersistenceIdComesOnce() {
    try (QueriedSystem system = start("")) {
      assertThat(system.all(system.journal.currentPersistenceIds())).isEmpty();
      var live = system.live(system.journal.persistenceIds());
      List<String> ids = IntStream.range(0, 30).mapToObj(i -> "p" + i).toList();
      for (int round = 0; round < 2; round++) {
        ids.forEach(id -> system.persist(id, "event"));
      }
      system.delete("p3", 2);

      assertThat(live.next(30)).containsExactlyElementsOf(ids);
      live.hasNothing();
      assertThat(system.all(system.journal.currentPersistenceIds()))
          .containsExactlyInAnyOrderElementsOf(ids);
      system.persist("p3", "again");
      live.hasNothing();
      system.persist("new", "event");
      assertThat(live.next()).isEqualTo("new");
      live.cancel();
    }
  }

  @Test
  void aTableThatAnotherSystemWritesIsFollowed() {
    try (QueriedSystem writer = start("pekko.persistence.delta.journal.linger = 1ms")) {
      writer.persist("a", tagged("one", "t"));
      try (QueriedSystem reader = follower("")) {
        var all = reader.live(reader.journal.eventsInCommitOrder(NO_OFFSET));
        var byTag = reader.live(reader.journal.eventsByTag("t", NO_OFFSET));
        var byId = reader.live(reader.journal.eventsByPersistenceId("a", 0, Long.MAX_VALUE));
        var ids = reader.live(reader.journal.persistenceIds());
        assertThat(shown(all.next())).isEqualTo("a/1 one");
        assertThat(ids.next()).isEqualTo("a");
        assertThat(shown(byId.next())).isEqualTo("a/1 one");

        // Beyond the first checkpoint of the log.
        for (int i = 0; i < 110; i++) {
          writer.persist("b", "e" + i);
        }
        writer.persist("a", tagged("two", "t"));

        List<EventEnvelope> found = all.next(111);
        assertThat(found.stream().map(EventEnvelope::sequenceNr).limit(110))
            .containsExactlyElementsOf(
                java.util.stream.LongStream.rangeClosed(1, 110).boxed().toList());
        assertThat(shown(found.get(110))).isEqualTo("a/2 two");
        assertThat(ids.next()).isEqualTo("b");
        assertThat(byTag.next(2).stream().map(QueriedSystem::shown))
            .containsExactly("a/1 one", "a/2 two");
        assertThat(shown(byId.next())).isEqualTo("a/2 two");
        writer.delete("a", 1);
        assertThat(reader.shown(reader.journal.currentEventsByTag("t", NO_OFFSET)))
            .containsExactly("a/2 two");
      }
    }
  }

  @Test
  void aTableThatIsNotThereYetFailsTheQueryAndNotTheNext() {
    try (QueriedSystem reader = follower("")) {
      assertThatThrownBy(
              () ->
                  reader
                      .journal
                      .currentPersistenceIds()
                      .runWith(Sink.seq(), reader.system)
                      .toCompletableFuture()
                      .join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(NoSuchFileException.class);

      try (QueriedSystem writer = start("")) {
        writer.persist("a", "one");
        assertThat(reader.all(reader.journal.currentPersistenceIds())).containsExactly("a");
      }
    }
  }

  @Test
  void severalTablesInOneSystemAreQueriedEachByItsOwn() {
    String other = OTHER.formatted(directory, "journal = other.journal");
    try (QueriedSystem system = start(other)) {
      DeltaReadJournal second = system.readJournal("other.query");
      var live = system.live(second.eventsInCommitOrder(NO_OFFSET));
      system.persist("a", "one");
      live.hasNothing();

      system.actorOf("b", "other.journal");
      system.persist("b", "two");

      assertThat(shown(live.next())).isEqualTo("b/1 two");
      assertThat(system.all(system.journal.currentPersistenceIds())).containsExactly("a");
      assertThat(system.all(second.currentPersistenceIds())).containsExactly("b");
      live.cancel();
    }
  }

  @Test
  void aQueryStartsItsJournalAndFailsWhenThatStops() {
    try (QueriedSystem system = start("")) {
      var live = system.live(system.journal.eventsInCommitOrder(NO_OFFSET));
      live.hasNothing();

      Persistence.get(system.system)
          .journalFor("pekko.persistence.delta.journal", ConfigFactory.empty())
          .tell(PoisonPill.getInstance(), null);

      assertThat(live.failure())
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("has stopped");
    }
  }

  @Test
  void aQueryGivesNoMoreThanIsTaken() {
    try (QueriedSystem system = start("")) {
      for (int i = 0; i < 10; i++) {
        system.persist("a", "e" + i);
      }
      assertThat(system.shown(system.journal.eventsInCommitOrder(NO_OFFSET).take(3)))
          .containsExactly("a/1 e0", "a/2 e1", "a/3 e2");
    }
  }

  @Test
  void anotherPluginIsNotQueried() {
    try (QueriedSystem system = start("")) {
      assertThatThrownBy(() -> system.readJournalWith("journal = pekko.persistence.journal.inmem"))
          .hasMessageContaining("not a delta journal");
    }
  }

  @Test
  void readAdaptersAreApplied() {
    String adapters =
        """
        pekko.persistence.delta.journal {
          event-adapters.shouting = "%s"
          event-adapter-bindings."java.lang.String" = shouting
        }
        """
            .formatted(Shouting.class.getName());
    try (QueriedSystem system = start(adapters)) {
      system.persist("a", "one", "none", "two");
      assertThat(system.shown(system.journal.currentEventsByPersistenceId("a", 0, 9)))
          .containsExactly("a/1 ONE", "a/1 ONE!", "a/3 TWO", "a/3 TWO!");
    }
  }

  /** Makes two events of each, and none of {@code none}. */
  public static final class Shouting implements ReadEventAdapter {
    @Override
    public EventSeq fromJournal(Object event, String manifest) {
      String shouted = ((String) event).toUpperCase(java.util.Locale.ROOT);
      return event.equals("none") ? EventSeq.empty() : EventSeq.create(shouted, shouted + "!");
    }
  }

  @Test
  void scalaSeesTheSame() {
    try (QueriedSystem system = start("")) {
      system.persist("a", tagged("one", "t"), "two");
      DeltaScalaReadJournal scala =
          PersistenceQuery.get(system.system).readJournalFor(DeltaReadJournal.IDENTIFIER);

      assertThat(system.shown(scala.currentEventsByTag("t", NO_OFFSET).asJava()))
          .containsExactly("a/1 one");
      assertThat(system.shown(scala.currentEventsByPersistenceId("a", 2, 9).asJava()))
          .containsExactly("a/2 two");
      assertThat(system.shown(scala.currentEventsInCommitOrder(NO_OFFSET).asJava())).hasSize(2);
      assertThat(system.all(scala.currentPersistenceIds().asJava())).containsExactly("a");
      assertThat(system.shown(scala.eventsByTag("t", NO_OFFSET).asJava().take(1))).hasSize(1);
      assertThat(system.shown(scala.eventsByPersistenceId("a", 1, 2).asJava())).hasSize(2);
      assertThat(system.shown(scala.eventsInCommitOrder(NO_OFFSET).asJava().take(2))).hasSize(2);
      assertThat(system.all(scala.persistenceIds().asJava().take(1))).containsExactly("a");
    }
  }

  @Test
  void offsetsSerialize() {
    try (QueriedSystem system = start("")) {
      var serialization = SerializationExtension.get(system.system);
      CommitOffset offset = CommitOffset.of(1L << 40, 7);
      byte[] bytes = serialization.serialize(offset).get();
      var serializer = serialization.findSerializerFor(offset);

      assertThat(serializer).isInstanceOf(CommitOffsetSerializer.class);
      assertThat(serialization.deserialize(bytes, serializer.identifier(), "1").get())
          .isEqualTo(offset)
          .hasSameHashCodeAs(offset);
      assertThat(serialization.deserialize(bytes, serializer.identifier(), "2").isFailure())
          .isTrue();
      assertThat(CommitOffset.START).isLessThan(CommitOffset.of(1, 0));
      assertThat(CommitOffset.of(1, 1)).isLessThan(CommitOffset.afterTransaction(1));
    }
  }

  @Test
  void settingsAreRead() {
    var defaults = QuerySettings.from(ConfigFactory.load().getConfig(DeltaReadJournal.IDENTIFIER));
    var all =
        QuerySettings.from(
            ConfigFactory.parseString(
                """
                journal = j
                directory = /tables/t
                codec = c
                poll-interval = 1s
                read-dispatcher = d
                read-bytes = 5
                """));

    assertThat(defaults)
        .isEqualTo(
            new QuerySettings(
                "pekko.persistence.delta.journal",
                Optional.empty(),
                "io.duckpond.journal.arrow.SerializerCodec",
                Duration.ofMillis(250),
                "pekko.persistence.delta.read-dispatcher",
                1 << 20));
    assertThat(all)
        .isEqualTo(
            new QuerySettings(
                "j", Optional.of(Path.of("/tables/t")), "c", Duration.ofSeconds(1), "d", 5));
  }
}
