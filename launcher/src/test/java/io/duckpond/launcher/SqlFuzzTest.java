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

/** SQL that nobody would write: a documented exit code, one line, never a fault. */
@Timeout(900)
class SqlFuzzTest {
  @TempDir private Path temporary;
  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void makePond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
  }

  @Test
  void noSqlIsAFault() throws IOException {
    Harness harness = Harness.named("fuzz-sql");
    Random random = new Random(harness.seed());
    List<String> wrong = new ArrayList<>();
    long end = Fuzzing.endOf(6);

    try (Fuzzing.Session session = Fuzzing.Session.open(folder)) {
      for (int step = 0; System.nanoTime() < end && wrong.size() < 20; step++) {
        String statement = RandomSql.statement(random);
        Result result = session.run("query", "--format", "csv", "--", statement);
        harness.count("exit " + result.exitCode(), 1);
        String what = Fuzzing.wrong(result);
        if (!what.isEmpty() || result.exitCode() == ExitCodes.FAILURE) {
          wrong.add(harness.at(step) + "\n  " + statement + "\n  " + what + result.err());
        }
      }
    }

    String report = harness.report();
    assertThat(wrong).as(report).isEmpty();
    assertThat(harness.counted("exit 1")).as(report).isPositive();
  }

  @Test
  void depthOfSqlIsBounded() {
    for (String statement :
        List.of(
            "(".repeat(20_000) + "1",
            "select " + "(".repeat(3000) + "1" + ")".repeat(3000),
            "select 1" + "+1".repeat(5000),
            "select " + "not ".repeat(20_000) + "true",
            "select 1" + " union all select 1".repeat(500),
            "select * from nodes where " + "size = 1 or ".repeat(1000) + "size = 2")) {
      Result result = pond.run("query", "--format", "csv", "--", statement);

      assertThat(Fuzzing.wrong(result)).as(statement.substring(0, 20)).isEmpty();
      assertThat(result.exitCode()).as(result.err()).isIn(0, 1);
    }
  }
}
