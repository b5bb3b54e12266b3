package io.duckpond.journal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.recovery.RecoveredPartition;
import io.duckpond.journal.recovery.RecoveryOptions;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverAllTest {
  private static final String ADAPTER =
      """
      pekko.persistence.delta.journal {
        event-adapters.shouting = "%s"
        event-adapter-bindings."java.lang.String" = shouting
      }
      """
          .formatted(ReadJournalTest.Shouting.class.getName());

  @TempDir Path directory;

  private static List<String> recovered(QueriedSystem system, RecoveryOptions options) {
    Source<RecoveredPartition, NotUsed> source =
        system.journal.recoverAll(options).mapMaterializedValue(progress -> NotUsed.getInstance());
    return system.all(source).stream().map(RecoverAllTest::shown).sorted().toList();
  }

  private static String shown(RecoveredPartition partition) {
    return partition.persistenceId()
        + " "
        + partition.highestSequenceNr()
        + " "
        + partition.events().stream().map(e -> e.sequenceNr() + ":" + e.payload()).toList();
  }

  @Test
  void aRunningJournalRecoversWhatItsActorsWouldThroughTheirReadAdapters() {
    try (QueriedSystem system = new QueriedSystem(directory, ADAPTER)) {
      assertThat(recovered(system, RecoveryOptions.ALL)).isEmpty();
      system.persist("a", "one", "two");
      system.persist("b", QueriedSystem.tagged("three", "t"));
      system.persist("a", "four");
      system.delete("a", 1);

      assertThat(recovered(system, RecoveryOptions.ALL))
          .containsExactly("a 3 [2:TWO, 2:TWO!, 3:FOUR, 3:FOUR!]", "b 1 [1:THREE, 1:THREE!]");
      assertThat(recovered(system, RecoveryOptions.ALL.from(3)))
          .containsExactly("a 3 [3:FOUR, 3:FOUR!]");
    }
  }

  @Test
  void aTableThatAnotherProcessWritesRecoversWithoutAJournal() {
    try (QueriedSystem writer = new QueriedSystem(directory, "")) {
      writer.persist("a", "one");
      String followed =
          "pekko.persistence.delta.query.directory = \"%s/journal\"".formatted(directory);
      try (QueriedSystem reader = new QueriedSystem(directory.resolve("unused"), followed)) {
        assertThat(recovered(reader, RecoveryOptions.ALL)).containsExactly("a 1 [1:one]");
        writer.persist("a", "two");
        assertThat(recovered(reader, RecoveryOptions.ALL)).containsExactly("a 2 [1:one, 2:two]");
      }
    }
  }
}
