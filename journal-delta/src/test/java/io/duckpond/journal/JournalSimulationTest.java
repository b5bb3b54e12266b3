package io.duckpond.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.harness.Harness;
import java.util.Optional;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a journal has acknowledged outlives its process, whatever goes on beside its commits. */
final class JournalSimulationTest {
  private static final ActorSystem SYSTEM = ActorSystem.create("simulation", ConfigFactory.load());

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(SYSTEM);
  }

  @Test
  void nothingIsLostDoubledOrHalvedWheneverTheProcessEnds() {
    Harness harness = Harness.named("journal-simulation");
    int target = Harness.size(200, 20_000);
    Optional<SampledTables> samples = SampledTables.wanted();
    for (int script = 0; harness.counted("crash points") < target; script++) {
      try {
        new JournalSimulation(harness, harness.seed() + script, SYSTEM, samples).run();
      } catch (AssertionError | Exception e) {
        throw new AssertionError(harness.at("script " + script) + ": " + e.getMessage(), e);
      }
    }
    harness.report();
    assertThat(harness.counted("merged files")).isPositive();
    assertThat(harness.counted("data files removed")).isPositive();
  }
}
