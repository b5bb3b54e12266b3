package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.WritingProcess.Manner;
import io.duckpond.harness.Harness;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.TransactionRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A pond of its own, and the processes that write it. */
final class WritingRace {
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Harness harness;
  private final Path folder;
  private final Map<String, Process> processes = new TreeMap<>();

  /**
   * Makes the pond, with a directory for each process. Checkpoints come often, so that much is
   * removed that a slow process may still know.
   */
  WritingRace(Harness harness, Path folder, List<String> names) throws IOException {
    this.harness = harness;
    this.folder = folder;
    System.setProperty("pond.log.checkpoint-interval", "10");
    ConfigFactory.invalidateCaches();
    try (Pond pond = Pond.create(folder, PondSettings.load());
        Transaction transaction = pond.begin()) {
      for (String name : names) {
        transaction.root().createDirectory("/" + name);
      }
      transaction.commit();
    } finally {
      System.clearProperty("pond.log.checkpoint-interval");
      ConfigFactory.invalidateCaches();
    }
  }

  Path folder() {
    return folder;
  }

  /** Starts a process that makes so many changes in the directory of its name. */
  Process start(String name, int changes, Manner manner, String... options) throws IOException {
    long seed = harness.seed() + processes.size();
    Process process =
        WritingProcess.start(List.of(options), folder, name, changes, manner, seed, linesOf(name));
    processes.put(name, process);
    return process;
  }

  private Path linesOf(String name) {
    return folder.resolveSibling(folder.getFileName() + "-" + name + ".lines");
  }

  /** Waits until a process has made all its changes. */
  void end(String name) throws IOException, InterruptedException {
    Process process = Objects.requireNonNull(processes.get(name));
    assertThat(process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)).as(name).isTrue();
    assertThat(process.exitValue())
        .as("%s: %s", harness.at(name), Files.readString(Path.of(linesOf(name) + ".err")))
        .isZero();
  }

  /** Waits until all have. */
  void end() throws IOException, InterruptedException {
    for (String name : processes.keySet()) {
      end(name);
    }
  }

  /** Ends what still runs, as after a failure. */
  void kill() {
    processes.values().forEach(Process::destroyForcibly);
  }

  /** Returns what a process has said with a word so far. */
  List<String> told(String name, String word) throws IOException {
    return WritingProcess.told(linesOf(name), word);
  }

  /** Returns what all have. */
  List<String> told(String word) throws IOException {
    List<String> all = new ArrayList<>();
    for (String name : processes.keySet()) {
      all.addAll(told(name, word));
    }
    return all;
  }

  /** Waits until a process has said a word with a number. */
  void await(String name, String word, int number) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> told(name, word).stream().anyMatch(line -> isAbout(line, number)));
  }

  static boolean isAbout(String line, int number) {
    return numberIn(line).equals(String.valueOf(number));
  }

  private static String numberIn(String line) {
    return line.split(" ", 2)[0];
  }

  /** Of what was acknowledged each is there once, and nothing else; the chain is intact. */
  void assertEachIsThereOnce() throws IOException {
    try (Pond pond = Pond.open(folder)) {
      Map<String, Long> committed;
      try (Stream<TransactionRow> all =
          pond.oplog().transactions(new LogFilter(Optional.empty(), 3, Long.MAX_VALUE))) {
        committed =
            all.collect(Collectors.groupingBy(TransactionRow::message, Collectors.counting()));
      }
      assertThat(committed.values()).as(harness.at("log")).containsOnly(1L);
      for (String name : processes.keySet()) {
        List<String> done = told(name, "done").stream().map(WritingRace::numberIn).toList();
        assertThat(done).as(harness.at(name)).doesNotHaveDuplicates();
        assertThat(pond.view().root().list("/" + name).keySet())
            .as(harness.at(name))
            .extracting(Object::toString)
            .hasSize(done.size());
        for (String number : done) {
          String path = "/" + name + "/" + number;
          assertThat(committed).as(harness.at(path)).containsKey(path);
          assertThat(new String(pond.view().root().readBytes(path), UTF_8))
              .as(harness.at(path))
              .isEqualTo(name + " " + number);
        }
        harness.count("changes", done.size());
        for (String word : List.of("failed", "unknown")) {
          harness.count(word, told(name, word).size());
        }
      }
      assertThat(committed).as(harness.at("log")).hasSize((int) harness.counted("changes"));
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
    }
    CheckReport check = PondCheck.run(folder, CheckMode.DEEP, Progress.NONE);
    assertThat(check.findings().stream().filter(Finding::damage)).as(harness.at("check")).isEmpty();
  }
}
