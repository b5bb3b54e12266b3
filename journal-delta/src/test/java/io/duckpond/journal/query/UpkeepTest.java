package io.duckpond.journal.query;

import static io.duckpond.journal.query.QueriedSystem.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.JournalUpkeep;
import io.duckpond.journal.check.CheckDepth;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.disk.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.NoOffset;
import org.apache.pekko.persistence.query.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are merged and removed under actors and queries that notice nothing of it. */
final class UpkeepTest {
  private static final Offset NO_OFFSET = NoOffset.getInstance();
  private static final String JOURNAL = "pekko.persistence.delta.journal";
  private static final int ACTORS = 5;
  private static final int ROUNDS = 25;

  @TempDir Path directory;

  @Test
  void liveQueriesSeeEachEventOnceWhileFilesAreMerged() throws Exception {
    List<EventEnvelope> seen;
    try (QueriedSystem system =
        new QueriedSystem(directory, JOURNAL + ".upkeep.merge-fan-in = 2")) {
      var live = system.live(system.journal.eventsInCommitOrder(NO_OFFSET));
      var tagged = system.live(system.journal.eventsByTag("even", NO_OFFSET));
      var one = system.live(system.journal.eventsByPersistenceId("p0", 0, Long.MAX_VALUE));
      write(system);

      seen = live.next(ACTORS * ROUNDS);
      assertThat(seen.stream().map(envelope -> (CommitOffset) envelope.offset()))
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(tagged.next(ACTORS * (ROUNDS / 2 + 1)))
          .extracting(EventEnvelope::offset)
          .isSubsetOf(seen.stream().map(EventEnvelope::offset).toList());
      assertThat(one.next(ROUNDS))
          .extracting(EventEnvelope::sequenceNr)
          .isSorted()
          .endsWith((long) ROUNDS);
      live.hasNothing();
    }

    try (QueriedSystem again =
        new QueriedSystem(
            directory,
            "%s.upkeep { merge-fan-in = 0, removed-file-retention = 0s }".formatted(JOURNAL))) {
      JournalUpkeep.Report report =
          JournalUpkeep.run(again.system, JOURNAL).toCompletableFuture().get(1, TimeUnit.MINUTES);

      assertThat(report.files()).isEqualTo(1);
      assertThat(again.all(again.journal.currentEventsInCommitOrder(NO_OFFSET))).isEqualTo(seen);
      assertThat(again.recovered("p3")).hasSize(ROUNDS);
      again.persist("p3", "later");
    }
    Path table = directory.resolve("journal");
    try (var files = Files.list(table)) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(2);
    }
    assertThat(
            new TableCheck(Machine.real(), table)
                .depth(CheckDepth.EVERY_BYTE)
                .run(Runnable::run, 1)
                .findings())
        .isEmpty();
  }

  @Test
  void deletedEventsStayDeletedAndTheHighestNumberStays() throws Exception {
    try (QueriedSystem system = new QueriedSystem(directory, "")) {
      write(system);
      system.delete("p1", ROUNDS);
      system.delete("p2", 3);
      JournalUpkeep.run(system.system, JOURNAL).toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
    try (QueriedSystem again = new QueriedSystem(directory, "")) {
      assertThat(again.recovered("p1")).isEmpty();
      assertThat(again.recovered("p2")).hasSize(ROUNDS - 3);
      again.persist("p1", "later");
      assertThat(again.shown(again.journal.currentEventsByPersistenceId("p1", 0, Long.MAX_VALUE)))
          .containsExactly("p1/" + (ROUNDS + 1) + " later");
    }
  }

  private static void write(QueriedSystem system) {
    for (int i = 0; i < ACTORS; i++) {
      system.actor("p" + i);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < ACTORS; i++) {
        system.tell("p" + i, round % 2 == 0 ? tagged("x" + round, "even") : "x" + round);
      }
      system.awaitStored(ACTORS);
    }
  }
}
