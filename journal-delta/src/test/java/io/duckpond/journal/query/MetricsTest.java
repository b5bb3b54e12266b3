package io.duckpond.journal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal's meters count what its actors do. */
final class MetricsTest {
  private static final String JOURNAL = "pekko.persistence.delta.journal";

  @TempDir Path directory;

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void addRegistry() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void removeRegistry() {
    Metrics.removeRegistry(registry);
  }

  @Test
  void flushesReplaysAndTheTableAreMeasuredWhileTheJournalRuns() {
    try (QueriedSystem system = new QueriedSystem(directory, JOURNAL + ".metrics = on")) {
      system.persist("a", "one", "two");
      system.persist("b", "three");
      assertThat(system.recovered("a")).hasSize(2);

      assertThat(registry.get("delta.journal.flush").tag("plugin", JOURNAL).timer().count())
          .isEqualTo(2);
      assertThat(registry.get("delta.journal.transactions").counter().count()).isEqualTo(2);
      assertThat(registry.get("delta.journal.rows").counter().count()).isEqualTo(3);
      assertThat(registry.get("delta.journal.bytes").counter().count()).isPositive();
      assertThat(registry.get("delta.journal.flush.failures").counters())
          .hasSize(2)
          .allMatch(counter -> counter.count() == 0);
      assertThat(registry.get("delta.journal.replay").timer().count()).isEqualTo(1);
      assertThat(registry.get("delta.journal.pending").gauge().value()).isZero();
      assertThat(registry.get("delta.journal.table.files").gauge().value()).isEqualTo(2);
      assertThat(registry.get("delta.journal.table.size").gauge().value()).isPositive();
      assertThat(registry.get("delta.journal.table.version").gauge().value()).isEqualTo(2);
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void nothingIsMeasuredUnlessAsked() {
    try (QueriedSystem system = new QueriedSystem(directory, "")) {
      system.persist("a", "one");
      assertThat(registry.getMeters()).isEmpty();
    }
  }
}
