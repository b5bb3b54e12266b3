package io.duckpond.journal.query;

import static io.duckpond.journal.query.QueriedSystem.shown;
import static io.duckpond.journal.query.QueriedSystem.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import io.duckpond.journal.Grouped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.NoOffset;
import org.apache.pekko.persistence.query.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitOrderTest {
  private static final Offset NO_OFFSET = NoOffset.getInstance();

  @TempDir Path directory;

  private QueriedSystem start(String overrides) {
    return new QueriedSystem(directory, overrides);
  }

  private static CommitOffset offset(EventEnvelope envelope) {
    return (CommitOffset) envelope.offset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1000", "1M"})
  void manyActorsAtOnceLoseAndDoubleNothing(String readBytes) {
    int actors = 40;
    int rounds = 10;
    try (QueriedSystem system = start("pekko.persistence.delta.query.read-bytes = " + readBytes)) {
      var live = system.live(system.journal.eventsInCommitOrder(NO_OFFSET));
      for (int i = 0; i < actors; i++) {
        system.actor("p" + i);
      }
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < actors; i++) {
          system.tell("p" + i, "x" + round, "y" + round);
        }
      }
      system.awaitStored(2 * actors * rounds);

      List<EventEnvelope> seen = live.next(2 * actors * rounds);
      live.hasNothing();
      live.cancel();

      Map<String, Long> last = new HashMap<>();
      for (EventEnvelope each : seen) {
        assertThat(each.sequenceNr()).isEqualTo(last.getOrDefault(each.persistenceId(), 0L) + 1);
        last.put(each.persistenceId(), each.sequenceNr());
      }
      assertThat(seen.stream().map(CommitOrderTest::offset))
          .isSortedAccordingTo(Comparator.naturalOrder())
          .doesNotHaveDuplicates();
      // What one actor persisted together is adjacent.
      for (int i = 0; i < seen.size(); i += 2) {
        assertThat(offset(seen.get(i + 1)).txnSeq()).isEqualTo(offset(seen.get(i)).txnSeq());
        assertThat(seen.get(i + 1).persistenceId()).isEqualTo(seen.get(i).persistenceId());
      }
      assertThat(system.all(system.journal.currentEventsInCommitOrder(NO_OFFSET))).isEqualTo(seen);
    }
  }

  @Test
  void aQueryFromAnyOffsetGoesOnWithTheNextEvent() {
    try (QueriedSystem system = start("pekko.persistence.delta.query.read-bytes = 1")) {
      system.persist("a", "one", "two", "three");
      system.persist("b", "four");
      system.persist("a", "five", "six");

      List<EventEnvelope> all = system.all(system.journal.currentEventsInCommitOrder(NO_OFFSET));

      assertThat(all).hasSize(6);
      for (int i = 0; i < all.size(); i++) {
        assertThat(system.all(system.journal.currentEventsInCommitOrder(all.get(i).offset())))
            .isEqualTo(all.subList(i + 1, all.size()));
      }
      assertThat(system.shown(system.journal.currentEventsInCommitOrder(Offset.sequence(2))))
          .containsExactly("a/4 five", "a/5 six");
      assertThat(
              system.all(
                  system.journal.currentEventsInCommitOrder(CommitOffset.afterTransaction(99))))
          .isEmpty();
    }
  }

  @Test
  void aLiveQueryThatIsStoppedAndStartedAgainMissesAndDoublesNothing() {
    List<String> seen = new ArrayList<>();
    Offset reached = NO_OFFSET;
    for (int run = 0; run < 3; run++) {
      try (QueriedSystem system = start("")) {
        for (int stop = 0; stop < 3; stop++) {
          var live = system.live(system.journal.eventsByTag("t", reached));
          system.persist("a", tagged(run + "." + stop + " a", "t"), "untagged");
          system.persist("b", tagged(run + "." + stop + " b", "t", "u"));
          // The last of each run is left to the next.
          int taken = stop == 0 && run > 0 ? 3 : stop == 2 ? 1 : 2;
          for (EventEnvelope each : live.next(taken)) {
            seen.add((String) each.event());
            reached = each.offset();
          }
          live.cancel();
        }
      }
    }
    try (QueriedSystem system = start("")) {
      for (EventEnvelope each : system.all(system.journal.currentEventsByTag("t", reached))) {
        seen.add((String) each.event());
      }
    }

    List<String> expected = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      for (int stop = 0; stop < 3; stop++) {
        expected.add(run + "." + stop + " a");
        expected.add(run + "." + stop + " b");
      }
    }
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void tagsComeInTheOrderOfCommitsWhoeverPersistedThem() {
    try (QueriedSystem system = start("")) {
      var live = system.live(system.journal.eventsByTag("green", NO_OFFSET));
      system.persist("a", tagged("apple", "green", "fruit"));
      system.persist("b", "plain");
      system.persist("c", tagged("lime", "green"), tagged("plum", "blue"), tagged("kiwi", "green"));
      system.persist("a", tagged("pear", "green"));
      system.persist("b", tagged("sky", "greenish"));

      String[] green = {"a/1 apple", "c/1 lime", "c/3 kiwi", "a/2 pear"};
      assertThat(system.shown(system.journal.currentEventsByTag("green", NO_OFFSET)))
          .containsExactly(green);
      assertThat(live.next(4).stream().map(QueriedSystem::shown)).containsExactly(green);
      live.hasNothing();
      assertThat(system.shown(system.journal.currentEventsByTag("blue", NO_OFFSET)))
          .containsExactly("c/2 plum");
      assertThat(system.all(system.journal.currentEventsByTag("red", NO_OFFSET))).isEmpty();
      system.delete("c", 1);
      assertThat(system.shown(system.journal.currentEventsByTag("green", NO_OFFSET)))
          .containsExactly("a/1 apple", "c/3 kiwi", "a/2 pear");
      live.cancel();
    }
  }

  @Test
  void theEventsOfAGroupedTransactionAreAdjacentAndComeAtOnce() {
    try (QueriedSystem system = start("")) {
      var live = system.live(system.journal.eventsInCommitOrder(NO_OFFSET));
      system.actor("c");
      system.actor("b");
      system.tell("c", new Grouped("t", 3, tagged("c1", "x")), new Grouped("t", 3, "c2"));
      system.tell("b", new Grouped("t", 3, "b1"));
      system.persist("d", "between");
      assertThat(shown(live.next())).isEqualTo("d/1 between");
      live.hasNothing();

      system.tell("a", new Grouped("t", 3, "a1"));
      system.awaitStored(4);

      List<EventEnvelope> group = live.next(4);
      assertThat(group.stream().map(QueriedSystem::shown))
          .containsExactly("a/1 a1", "b/1 b1", "c/1 c1", "c/2 c2");
      assertThat(group.stream().map(each -> offset(each).txnSeq())).containsOnly(2L);
      assertThat(system.shown(system.journal.currentEventsByTag("x", NO_OFFSET)))
          .containsExactly("c/1 c1");
      live.cancel();
    }
  }

  @Test
  void anOffsetOfAnotherKindIsRefused() {
    try (QueriedSystem system = start("")) {
      Offset other = Offset.timestamp(java.time.Instant.EPOCH);
      assertThatThrownBy(() -> system.journal.eventsByTag("t", other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no offset of a delta journal");
    }
  }

  @Test
  void randomWritesAreReadBackFromRandomOffsetsInRandomPieces() {
    Harness harness = Harness.named("read-journal");
    Random random = new Random(harness.seed());
    try (QueriedSystem writer = start("")) {
      var live = writer.live(writer.journal.eventsInCommitOrder(NO_OFFSET));
      int stored = 0;
      for (int i = 0; i < 5; i++) {
        writer.actor("p" + i);
      }
      for (int step = 0; step < 60; step++) {
        Object[] events = new Object[1 + random.nextInt(4)];
        for (int i = 0; i < events.length; i++) {
          String text = step + "." + i + "x".repeat(random.nextInt(300));
          events[i] = random.nextBoolean() ? tagged(text, "t" + random.nextInt(3)) : text;
        }
        writer.tell("p" + random.nextInt(5), events);
        stored += events.length;
        if (random.nextInt(4) == 0) {
          writer.awaitStored(stored);
          assertThat(live.next(stored)).as(harness.at(step)).hasSize(stored);
          stored = 0;
        }
      }
      writer.awaitStored(stored);
      assertThat(live.next(stored)).hasSize(stored);
      live.cancel();

      List<EventEnvelope> all = writer.all(writer.journal.currentEventsInCommitOrder(NO_OFFSET));
      for (int i = 0; i < 20; i++) {
        int from = random.nextInt(all.size());
        DeltaReadJournal pieces =
            writer.readJournalWith("read-bytes = " + (1 + random.nextInt(20_000)));
        assertThat(writer.all(pieces.currentEventsInCommitOrder(all.get(from).offset())))
            .as(harness.at(i))
            .isEqualTo(all.subList(from + 1, all.size()));
        List<EventEnvelope> own =
            all.stream().filter(each -> each.persistenceId().equals("p1")).toList();
        assertThat(writer.all(pieces.currentEventsByPersistenceId("p1", 0, Long.MAX_VALUE)))
            .as(harness.at(i))
            .isEqualTo(own);
        harness.count("queries", 2);
      }
    }
    harness.report();
  }
}
