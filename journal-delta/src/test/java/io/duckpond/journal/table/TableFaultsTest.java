package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.FaultyDisk;
import io.duckpond.journal.disk.FaultyDisk.Fault;
import io.duckpond.journal.disk.FaultyDisk.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Every operation of a table's life fails, once and for ever, with every error. */
class TableFaultsTest {
  private final Harness harness = Harness.named("faults-table");

  /** All that went wrong, not the first only: they tend to have one cause. */
  private final List<String> wrong = new ArrayList<>();

  @Test
  void whateverFailsIsSaidAndNothingAcknowledgedIsLost() throws Exception {
    int each = Harness.size(5, Integer.MAX_VALUE);
    harness.count("wrong", 0);
    FaultyDisk counted = new FaultyTableRun(harness, harness.seed()).dry();
    RandomGenerator random = new SplittableRandom(harness.seed());
    harness.count("operations of the script", counted.operations(Fault.IO_ERROR));

    for (Fault fault : Fault.values()) {
      for (Times times : Times.values()) {
        long points = counted.operations(fault);
        long stride = Math.max(1, points / each);
        for (long after = random.nextLong(stride); after < points; after += stride) {
          run(fault, after, times);
        }
      }
    }

    String report = harness.report();
    assertThat(wrong).as(report).isEmpty();
    assertThat(harness.counted("points")).isGreaterThan(40);
  }

  private static String stackOf(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private void run(Fault fault, long after, Times times) {
    String step = fault + " " + times + " after " + after;
    FaultyTableRun run = new FaultyTableRun(harness, harness.seed());
    try {
      if (run.run(fault, after, times).isPresent()) {
        harness.count("points", 1);
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      wrong.add(harness.at(step) + ": " + stackOf(e));
      harness.count("wrong", 1);
    }
  }
}
