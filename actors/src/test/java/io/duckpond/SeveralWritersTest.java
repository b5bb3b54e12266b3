package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write one pond at a time, or at the same time: each change is there once. */
final class SeveralWritersTest {
  private static final int PROCESSES = 8;
  private static final int CHANGES = Harness.size(200, 1_000);

  /** Without the lock most of the time goes into opening the pond, to be overtaken again. */
  private static final int CONTESTED = Harness.size(25, 200);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir private Path temporary;

  private Path folder = Path.of("");

  /** Checkpoints come often, so that much is removed that a slow process may still know. */
  private void makePond(List<String> names) throws IOException {
    folder = temporary.resolve("pond");
    System.setProperty("pond.log.checkpoint-interval", "10");
    com.typesafe.config.ConfigFactory.invalidateCaches();
    try (Pond pond = Pond.create(folder, PondSettings.load());
        Transaction transaction = pond.begin()) {
      for (String name : names) {
        transaction.root().createDirectory("/" + name);
      }
      transaction.commit();
    } finally {
      System.clearProperty("pond.log.checkpoint-interval");
      com.typesafe.config.ConfigFactory.invalidateCaches();
    }
  }

  @Test
  void takeTurnsWithTheLock() throws Exception {
    Harness harness = Harness.named("several-writers-locked");
    Map<String, Path> told = together(harness, CHANGES, true);

    for (Path lines : told.values()) {
      assertThat(WritingProcess.told(lines, "unknown")).isEmpty();
    }
    harness.report();
  }

  @Test
  void withoutTheLockOnlyOneOfThemMakesEachVersion() throws Exception {
    Harness harness = Harness.named("several-writers-unlocked");
    Map<String, Path> told = together(harness, CONTESTED, false);

    List<String> failed = new ArrayList<>();
    for (Path lines : told.values()) {
      failed.addAll(WritingProcess.told(lines, "failed"));
    }
    // Who tidies up believing itself alone may also take a loser's temporary file: that says which.
    assertThat(failed)
        .as(harness.at("failures"))
        .allMatch(why -> why.contains(folder.toString()))
        .anyMatch(why -> why.contains("another writer has committed version"));
    harness.report();
  }

  private Map<String, Path> together(Harness harness, int changes, boolean locked)
      throws Exception {
    List<String> names = IntStream.range(0, PROCESSES).mapToObj(i -> "w" + i).toList();
    makePond(names);
    Map<String, Path> told = new TreeMap<>();
    List<Process> processes = new ArrayList<>();
    for (String name : names) {
      Path lines = temporary.resolve(name + ".lines");
      told.put(name, lines);
      long seed = harness.seed() + processes.size();
      processes.add(WritingProcess.start(List.of(), folder, name, changes, locked, seed, lines));
    }
    for (Process process : processes) {
      assertThat(process.waitFor(PATIENCE.toMinutes(), java.util.concurrent.TimeUnit.MINUTES))
          .isTrue();
    }
    for (String name : names) {
      assertThat(processes.get(names.indexOf(name)).exitValue())
          .as("%s: %s", harness.at(name), Files.readString(temporary.resolve(name + ".lines.err")))
          .isZero();
    }
    assertEachIsThereOnce(harness, told);
    return told;
  }

  private void assertEachIsThereOnce(Harness harness, Map<String, Path> told) throws IOException {
    try (Pond pond = Pond.open(folder)) {
      Map<String, Long> committed;
      try (Stream<TransactionRow> all =
          pond.oplog().transactions(new LogFilter(Optional.empty(), 3, Long.MAX_VALUE))) {
        committed =
            all.collect(Collectors.groupingBy(TransactionRow::message, Collectors.counting()));
      }
      assertThat(committed.values()).as(harness.at("log")).containsOnly(1L);
      for (Map.Entry<String, Path> process : told.entrySet()) {
        String name = process.getKey();
        List<String> done =
            WritingProcess.told(process.getValue(), "done").stream()
                .map(line -> line.split(" ", 2)[0])
                .toList();
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
          harness.count(word, WritingProcess.told(process.getValue(), word).size());
        }
      }
      assertThat(committed).as(harness.at("log")).hasSize((int) harness.counted("changes"));
    }
    CheckReport check = PondCheck.run(folder, CheckMode.DEEP, Progress.NONE);
    assertThat(check.findings().stream().filter(Finding::damage)).as(harness.at("check")).isEmpty();
  }

  @Test
  void oneThatWasStoppedBeyondAllTimeOutsFindsThatOthersWentOn() throws Exception {
    Harness harness = Harness.named("stopped-writer");
    makePond(List.of("stopped", "other"));
    Path first = temporary.resolve("stopped.lines");
    Path second = temporary.resolve("other.lines");
    List<String> hasty = List.of("-Dpond.system.pekko.persistence.delta.journal.group-timeout=1s");
    Process stopped =
        WritingProcess.start(hasty, folder, "stopped", 100_000, false, harness.seed(), first);
    awaitDone(first, 20);

    signal("STOP", stopped);
    long others = 60;
    Process other =
        WritingProcess.start(hasty, folder, "other", (int) others, false, harness.seed(), second);
    assertThat(other.waitFor()).as(Files.readString(Path.of(second + ".err"))).isZero();
    int before = WritingProcess.told(first, "done").size();
    signal("CONT", stopped);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !WritingProcess.told(first, "failed").isEmpty());
    awaitDone(first, before + 20);
    stopped.destroyForcibly().waitFor();

    assertThat(WritingProcess.told(first, "failed").get(0))
        .contains("another writer has committed version", "nothing was stored");
    try (Pond pond = Pond.open(folder)) {
      for (Path lines : List.of(first, second)) {
        String name = lines.equals(first) ? "stopped" : "other";
        for (String line : WritingProcess.told(lines, "done")) {
          String number = line.split(" ", 2)[0];
          assertThat(new String(pond.view().root().readBytes("/" + name + "/" + number), UTF_8))
              .isEqualTo(name + " " + number);
          harness.count("changes", 1);
        }
      }
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
    }
    assertThat(PondCheck.run(folder, CheckMode.DEEP, Progress.NONE).damaged()).isFalse();
    harness.report();
  }

  private static void awaitDone(Path lines, int atLeast) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> WritingProcess.told(lines, "done").size() >= atLeast);
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
