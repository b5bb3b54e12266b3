package io.duckpond.journal.query;

import static io.duckpond.journal.query.QueriedSystem.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.commit.TextCodec;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByPersistenceIdTest {
  @TempDir Path directory;

  private QueriedSystem start(String overrides) {
    return new QueriedSystem(directory, overrides);
  }

  private static List<String> current(QueriedSystem system, String id, long from, long to) {
    return system.shown(system.journal.currentEventsByPersistenceId(id, from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "600", "1M"})
  void currentEventsStandBySequenceNumberWithinBothEnds(String readBytes) {
    try (QueriedSystem system = start("pekko.persistence.delta.query.read-bytes = " + readBytes)) {
      system.persist("a", "one");
      system.persist("b", "other");
      system.persist("a", "two", "three");
      system.persist("a", "four");

      assertThat(current(system, "a", 0, Long.MAX_VALUE))
          .containsExactly("a/1 one", "a/2 two", "a/3 three", "a/4 four");
      assertThat(current(system, "a", 2, 3)).containsExactly("a/2 two", "a/3 three");
      assertThat(current(system, "a", 4, 4)).containsExactly("a/4 four");
      assertThat(current(system, "a", 5, 9)).isEmpty();
      assertThat(current(system, "a", 3, 2)).isEmpty();
      assertThat(current(system, "none", 0, Long.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void deletedEventsAreLeftOut() {
    try (QueriedSystem system = start("")) {
      system.persist("a", "one", "two", "three");
      assertThat(current(system, "a", 0, Long.MAX_VALUE)).hasSize(3);

      system.delete("a", 2);

      assertThat(current(system, "a", 0, Long.MAX_VALUE)).containsExactly("a/3 three");
      assertThat(current(system, "a", 1, 2)).isEmpty();
      system.delete("a", 3);
      assertThat(current(system, "a", 0, Long.MAX_VALUE)).isEmpty();
      system.persist("a", "four");
      assertThat(current(system, "a", 0, Long.MAX_VALUE)).containsExactly("a/4 four");
    }
  }

  @Test
  void aGapOfARejectedEventIsPassed() {
    String codec = "pekko.persistence.delta.journal.codec = " + TextCodec.class.getName();
    try (QueriedSystem system = start(codec)) {
      var live = system.live(system.journal.eventsByPersistenceId("a", 1, 2));
      system.persist("a", "one");
      assertThat(shown(live.next())).isEqualTo("a/1 one");

      system.tell("a", "refused");
      system.awaitRefused();
      live.hasNothing();
      system.persist("a", "three+more|bulk");

      live.hasCompleted();
      assertThat(current(system, "a", 1, 3)).containsExactly("a/1 one", "a/3 three+more");
    }
  }

  @Test
  void aLiveQueryGoesOnWithWhatIsStoredLaterAndCompletesAtItsEnd() {
    try (QueriedSystem system = start("")) {
      system.persist("a", "one");
      var live = system.live(system.journal.eventsByPersistenceId("a", 0, 3));
      assertThat(shown(live.next())).isEqualTo("a/1 one");
      live.hasNothing();

      system.persist("b", "other");
      live.hasNothing();
      system.persist("a", "two");
      assertThat(shown(live.next())).isEqualTo("a/2 two");
      system.persist("a", "three", "four");

      assertThat(shown(live.next())).isEqualTo("a/3 three");
      live.hasCompleted();
    }
  }

  @Test
  void aLiveQueryBegunBeforeAnyEventSeesAllAndNothingThatWasDeletedBefore() {
    try (QueriedSystem system = start("")) {
      var live = system.live(system.journal.eventsByPersistenceId("a", 0, Long.MAX_VALUE));
      live.hasNothing();
      for (int i = 1; i <= 20; i++) {
        system.persist("a", "e" + i);
      }
      assertThat(live.next(20).stream().map(EventEnvelope::sequenceNr))
          .containsExactlyElementsOf(
              java.util.stream.LongStream.rangeClosed(1, 20).boxed().toList());
      system.delete("a", 15);
      live.hasNothing();

      var later = system.live(system.journal.eventsByPersistenceId("a", 0, Long.MAX_VALUE));
      assertThat(later.next(5).stream().map(EventEnvelope::sequenceNr))
          .containsExactly(16L, 17L, 18L, 19L, 20L);
      live.cancel();
      later.cancel();
    }
  }

  @Test
  void anEnvelopeTellsOffsetAndTime() {
    try (QueriedSystem system = start("")) {
      system.persist("a", "one");
      system.persist("a", "two", "three");

      List<EventEnvelope> found =
          system.all(system.journal.currentEventsByPersistenceId("a", 0, Long.MAX_VALUE));

      assertThat(found.stream().map(EventEnvelope::offset))
          .containsExactly(CommitOffset.of(1, 0), CommitOffset.of(2, 0), CommitOffset.of(2, 1));
      assertThat(found.get(0).timestamp()).isBetween(1_600_000_000_000L, 99_000_000_000_000L);
    }
  }
}
