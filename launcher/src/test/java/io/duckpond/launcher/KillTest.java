package io.duckpond.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.Harness;
import io.duckpond.node.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of series of verbs: what was acknowledged is there with its
 * bytes, the verb that was interrupted is there wholly or not at all, and the next one works.
 */
class KillTest {
  private static final int PONDS = 5;
  private static final int MOST_VERBS = 10;
  private static final int START_MILLIS = 1500;

  private final Harness harness = Harness.named("kill");
  private final Random random = new Random(harness.seed());
  private final List<Run> runs = new ArrayList<>();

  @TempDir private Path place;

  @Test
  void whatReturnedIsThereAndNothingElseIsInPart() throws Exception {
    int processes = Harness.size(15, 500) / PONDS;
    for (int number = 0; number < PONDS; number++) {
      runs.add(new Run(number));
    }
    JavaProcess next = SeriesProcess.start(place, harness.seed());
    for (int kill = 0; kill < processes; kill++) {
      try (JavaProcess running = next) {
        // While one runs the next one starts.
        next = SeriesProcess.start(place, harness.seed());
        killOnce(running, harness.at("kill " + kill));
      }
    }
    next.close();

    assertThat(harness.counted("kills")).as(harness.report()).isEqualTo(processes * PONDS);
    assertThat(harness.counted("verbs")).as(harness.report()).isPositive();
  }

  private void killOnce(JavaProcess running, String at) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(running.process().getInputStream(), UTF_8));
    assertThat(lines.readLine()).as(at).isEqualTo("ready");
    running
        .process()
        .outputWriter(UTF_8)
        .append(runs.stream().map(run -> Long.toString(run.done)).collect(Collectors.joining(" ")))
        .append("\n")
        .flush();
    // The moment goes by what the process does, so that a slow machine is no kinder.
    long start = System.nanoTime();
    int wanted = random.nextInt(MOST_VERBS);
    List<String> acknowledged = new ArrayList<>();
    while (acknowledged.size() < wanted) {
      acknowledged.add(String.valueOf(lines.readLine()));
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    long verb = wanted == 0 ? START_MILLIS : PONDS * millis / wanted;
    running.process().waitFor(random.nextLong(1 + verb), TimeUnit.MILLISECONDS);
    // The process itself would close the pipe with what is still in it.
    running.process().toHandle().destroyForcibly();
    lines.lines().forEach(acknowledged::add);

    assertThat(running.end()).as("%s: %s", at, running.errors()).isEqualTo(128 + 9);
    for (String line : acknowledged) {
      assertThat(line).as("%s: %s", at, running.errors()).endsWith(" 0");
      runs.get(line.charAt(0) - '0').acknowledged();
    }
    for (Run run : runs) {
      run.compare(at);
    }
  }

  /** A series and what must have come of it. */
  private final class Run {
    private final Path pond;
    private final Series series;
    private SortedMap<String, String> tree = new TreeMap<>();
    private long done;

    Run(int number) throws IOException {
      this.pond = SeriesProcess.pond(place, number);
      this.series = SeriesProcess.series(place, number, harness.seed());
      series.makeHostTree();
      assertThat(CommandLineFixture.bare().run("init", pond.toString()).exitCode()).isZero();
    }

    void acknowledged() {
      tree = series.verb(done, tree).after();
      done++;
      harness.count("verbs", 1);
    }

    void compare(String at) throws IOException {
      SortedMap<String, String> found = read();
      if (!found.equals(tree)) {
        SortedMap<String, String> interrupted = series.verb(done, tree).after();
        assertThat(found).as("%s pond %s", at, pond).isEqualTo(interrupted);
        tree = interrupted;
        done++;
        harness.count("done though killed", 1);
      }
      harness.count("kills", 1);
    }

    private SortedMap<String, String> read() throws IOException {
      SortedMap<String, String> found = new TreeMap<>();
      try (Pond open = Pond.open(pond, PondSettings.load())) {
        WorkingDirectory root = open.view().root();
        for (Map.Entry<String, Entry> node : root.walk("/").entrySet()) {
          String path = "/" + node.getKey();
          found.put(
              path,
              node.getValue() instanceof Entry.Directory
                  ? Series.DIRECTORY
                  : new String(root.readBytes(path), UTF_8));
        }
      }
      return found;
    }
  }
}
