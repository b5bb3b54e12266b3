package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Arguments that nobody would give: a documented exit code, one line, never a fault. */
@Timeout(900)
class ArgumentFuzzTest {
  @TempDir private Path temporary;
  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void makePond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
    pond.run("mkdir", "/d").ok();
    pond.run("put", "--text", "text", "/d/f").ok();
    pond.run("ln", "-s", "/d/f", "/link").ok();
    pond.run("ln", "-s", "/loop", "/loop").ok();
  }

  @Test
  void noArgumentsAreAFault() throws IOException {
    Harness harness = Harness.named("fuzz-arguments");
    Random random = new Random(harness.seed());
    List<String> wrong = new ArrayList<>();
    long end = Fuzzing.endOf(6);

    int step = 0;
    while (System.nanoTime() < end && wrong.size() < 20) {
      // Pending changes by the hundred, then some in transactions of their own.
      try (Fuzzing.Session session = Fuzzing.Session.open(folder)) {
        for (int last = step + 200; step < last && System.nanoTime() < end; step++) {
          String[] words = RandomArguments.words(random, temporary);
          judge(harness, step, words, session.run(words), wrong);
        }
      }
      for (int last = step + 10; step < last; step++) {
        String[] words = RandomArguments.words(random, temporary);
        judge(harness, step, words, pond.runWithInput("select 1", words), wrong);
      }
    }

    String report = harness.report();
    assertThat(wrong).as(report).isEmpty();
    assertThat(pond.run("fsck", "--deep").ok()).contains("\nresult        no damage");
  }

  private static void judge(
      Harness harness, int step, String[] words, Result result, List<String> wrong) {
    harness.count("exit " + result.exitCode(), 1);
    String what = Fuzzing.wrong(result);
    if (!what.isEmpty()) {
      String shown = String.join("] [", words);
      String some = shown.substring(0, Math.min(300, shown.length()));
      wrong.add(harness.at(step) + "\n  [" + some + "]\n  " + what);
    }
  }
}
