package io.duckpond.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.harness.Harness;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How random commands are run, for how long, and what is demanded of each. */
final class Fuzzing {
  private static final Set<Integer> DOCUMENTED = Set.of(0, 1, 2, 75);

  private Fuzzing() {}

  /** Returns when a test ends that takes so many seconds in the suite, of the system's clock. */
  static long endOf(int ordinarySeconds) {
    return System.nanoTime()
        + Duration.ofSeconds(Harness.size(ordinarySeconds, 10 * ordinarySeconds)).toNanos();
  }

  /** Returns what is wrong with how a run ended; empty if nothing. */
  static String wrong(Result result) {
    if (!DOCUMENTED.contains(result.exitCode())) {
      return "exit " + result.exitCode() + ": " + result.err();
    }
    boolean told = result.err().lines().filter(line -> line.startsWith("pond: ")).count() == 1;
    boolean usage = result.err().startsWith("Usage: pond ");
    boolean brief = result.err().lines().count() <= 2;
    if (result.exitCode() != 0 && !usage && (!told || !brief)) {
      return "not one line: " + result.err();
    }
    boolean control = result.err().chars().anyMatch(c -> c < ' ' && c != '\n' || c == 0x7f);
    return control ? "control characters: " + result.err() : "";
  }

  /** A pond that is open already: most of the time of a run by itself is that of opening one. */
  record Session(SharedSession shared) implements AutoCloseable {

    static Session open(Path pond) throws IOException {
      return new Session(new SharedSession(Pond.open(pond, PondSettings.load())));
    }

    /** Runs a verb; its changes stay pending. */
    Result run(String... words) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Environment environment =
          new Environment(
              new ByteArrayInputStream("input".getBytes(UTF_8)),
              out,
              err,
              Set.of(),
              Map.of(),
              ConfigFactory::load,
              ZoneOffset.UTC);
      int exitCode = CommandRun.run(environment, List.of(words), shared);
      return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    @Override
    public void close() {
      shared.end();
    }
  }
}
