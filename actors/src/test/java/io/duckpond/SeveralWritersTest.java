package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.WritingProcess.Manner;
import io.duckpond.harness.Harness;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write one pond at a time, or at the same time: each change is there once. */
final class SeveralWritersTest {
  private static final int PROCESSES = Harness.size(4, 8);
  private static final int CHANGES = Harness.size(15, 200);

  /** Without the lock most of the time goes into opening the pond, to be overtaken again. */
  private static final int CONTESTED = Harness.size(4, 200);

  /** A merge is one more commit that overtakes all others, and all of them try it. */
  private static final String SELDOM_MERGED = "-Dpond.log.merge-fan-in=100";

  private static final Duration LONGEST_TIME_OUT = Duration.ofSeconds(2);

  @TempDir private Path temporary;

  private final List<WritingRace> races = new ArrayList<>();

  @AfterEach
  void endWhatStillRuns() {
    races.forEach(WritingRace::kill);
  }

  private WritingRace race(Harness harness, List<String> names) throws Exception {
    WritingRace race = new WritingRace(harness, temporary.resolve("pond" + races.size()), names);
    races.add(race);
    return race;
  }

  /** Two ponds at the same time, as processes that take turns leave a machine idle. */
  @Test
  void takeTurnsWithTheLockAndAreFencedWithoutIt() throws Exception {
    List<String> names = IntStream.range(0, PROCESSES).mapToObj(i -> "w" + i).toList();
    Harness locked = Harness.named("several-writers-locked");
    Harness unlocked = Harness.named("several-writers-unlocked");
    WritingRace turns = race(locked, names);
    WritingRace contest = race(unlocked, names);

    for (String name : names) {
      turns.start(name, CHANGES, Manner.LOCKED);
      contest.start(name, CONTESTED, Manner.UNLOCKED, SELDOM_MERGED);
    }
    turns.end();
    contest.end();

    turns.assertEachIsThereOnce();
    assertThat(turns.told("unknown")).as(locked.at("unknown outcomes")).isEmpty();
    locked.report();
    contest.assertEachIsThereOnce();
    // Who tidies up believing itself alone may also take a loser's temporary file: that says which.
    assertThat(contest.told("failed"))
        .as(unlocked.at("failures"))
        .allMatch(why -> why.contains(contest.folder().toString()))
        .anyMatch(why -> why.contains("another writer has committed version"));
    unlocked.report();
  }

  @Test
  void oneThatWasStoppedBeyondAllTimeOutsFindsThatOthersWentOn() throws Exception {
    Harness harness = Harness.named("stopped-writer");
    String hasty =
        "-Dpond.system.pekko.persistence.delta.journal.group-timeout="
            + LONGEST_TIME_OUT.toSeconds()
            + "s";
    WritingRace race = race(harness, List.of("stopped", "other0", "other1"));
    Process stopped = race.start("stopped", 60, Manner.STOPPED, hasty);

    for (int number : WritingProcess.STOPS) {
      race.await("stopped", "ready", number);
      signal("STOP", stopped);
      long since = System.nanoTime();
      String other = "other" + WritingProcess.STOPS.indexOf(number);
      race.start(other, 60, Manner.UNLOCKED, hasty);
      race.end(other);
      Awaitility.await()
          .until(() -> System.nanoTime() - since > LONGEST_TIME_OUT.multipliedBy(2).toNanos());
      signal("CONT", stopped);
      OutputStream goOn = stopped.getOutputStream();
      goOn.write('\n');
      goOn.flush();
      race.await("stopped", "failed", number);
    }
    race.end("stopped");

    for (int number : WritingProcess.STOPS) {
      assertThat(race.told("stopped", "failed"))
          .as(harness.at(number))
          .filteredOn(line -> WritingRace.isAbout(line, number))
          .first()
          .asString()
          .contains("another writer has committed version", "nothing was stored");
    }
    race.assertEachIsThereOnce();
    harness.report();
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
