package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises 1 and 3 at the level of one table: nothing acknowledged is lost, nothing is halved. */
class TableSimulationTest {

  @Test
  void losesNothingAcknowledgedAtAnyCrashPoint() throws Exception {
    Harness harness = Harness.named("table-simulation");
    for (String outcome : List.of("lost", "partial", "unreadable")) {
      harness.count(outcome, 0);
    }

    int target = Harness.size(4_000, 20_000);
    for (int script = 0; harness.counted("crash points") < target; script++) {
      try {
        new TableSimulation(harness, harness.seed() + script).run();
      } catch (AssertionError | Exception e) {
        throw new AssertionError(harness.at("script " + script) + ": " + e.getMessage(), e);
      }
    }

    assertThat(harness.report()).contains("lost 0", "partial 0", "unreadable 0");
  }

  @Test
  void oneSeedReplaysEveryOperation() throws Exception {
    Harness harness = Harness.named("table-replay");
    for (int script = 0; script < 5; script++) {
      TableSimulation one = new TableSimulation(harness, harness.seed() + script);
      TableSimulation two = new TableSimulation(harness, harness.seed() + script);

      one.runUncrashed();
      two.runUncrashed();

      assertThat(one.operations())
          .as(harness.at("script " + script))
          .isNotEmpty()
          .isEqualTo(two.operations());
    }
  }
}
