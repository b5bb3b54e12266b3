package io.duckpond.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of three clients on a pond, some of them cut by crashes: every transaction
 * is as isolated as it asked to be, and every state is a tree.
 */
final class IsolationProperties {
  private static final int STEPS = 250;

  /** What a run of any seed has to have met, or it would show nothing. */
  private static final List<String> MET =
      List.of(
          "committed SERIALIZABLE",
          "committed SNAPSHOT",
          "committed SNAPSHOT, of no serial order",
          "conflict, lost update",
          "conflict, read otherwise",
          "crashes",
          "not found after a crash");

  @Test
  void everyHistoryIsIsolatedAndEveryStateIsATree() {
    Harness harness = Harness.named("isolation");
    int scripts = Harness.size(12, 500);

    for (int i = 0; i < scripts; i++) {
      play(harness, i);
    }

    harness.count("scripts", scripts);
    harness.report();
    if (scripts >= 20) {
      for (String what : MET) {
        assertThat(harness.counted(what)).as(harness.at(what)).isPositive();
      }
    }
  }

  private static void play(Harness harness, int number) {
    Random random = harness.random(number);
    try {
      Script script = new Script(new PondDatabase(random.nextLong()), random);
      script.run(STEPS);
      Checker.check(script.history()).addTo(harness);
      harness.count("crashes", script.crashes());
    } catch (Exception | Error e) {
      throw new AssertionError(harness.at("script " + number), e);
    }
  }
}
