package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.table.PacedWork.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

/** Upkeep takes a part of the time, whatever is wanted of it, unless it falls too far behind. */
final class PacedWorkTest {
  private static final Duration TOOK = Duration.ofMillis(10);
  private static final Duration REST = TOOK.multipliedBy(Pace.RESTS);

  private final HandClock clock = new HandClock();
  private final Deque<PacedWork.Piece> started = new ArrayDeque<>();
  private final Deque<Runnable> alarms = new ArrayDeque<>();
  private final List<Duration> rests = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final PacedWork work =
      new PacedWork(
          new Machine(new RealDisk(), clock, new Random(1), new Alarms()),
          (what, piece) -> started.add(piece));

  private final class Alarms implements Machine.Threads {
    @Override
    public ExecutorService pool(String name, int size) {
      throw new IllegalStateException("no pool is asked for");
    }

    @Override
    public void later(Duration time, Runnable task) {
      rests.add(time);
      alarms.add(task);
    }
  }

  private void want(Kind kind, boolean urgent, String name) {
    work.want(
        kind,
        urgent,
        () -> {
          clock.pass(TOOK);
          done.add(name);
        });
  }

  private void runStarted() throws IOException {
    while (!started.isEmpty()) {
      started.remove().run();
    }
  }

  private void rest() throws IOException {
    clock.pass(rests.get(rests.size() - 1));
    alarms.remove().run();
    runStarted();
  }

  @Test
  void whatIsWantedSeldomIsDoneAtOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      want(Kind.CHECKPOINT, false, "checkpoint " + i);
      runStarted();
      clock.pass(REST);
    }

    assertThat(done).containsExactly("checkpoint 0", "checkpoint 1", "checkpoint 2");
    assertThat(rests).isEmpty();
  }

  @Test
  void onlyTheNewestOfOneKindIsDoneAfterTheRest() throws Exception {
    want(Kind.CHECKPOINT, false, "first");
    runStarted();
    want(Kind.CHECKPOINT, false, "second");
    want(Kind.CHECKPOINT, false, "third");
    runStarted();
    assertThat(done).containsExactly("first");
    assertThat(rests).containsExactly(REST);

    rest();
    assertThat(done).containsExactly("first", "third");
    assertThat(alarms).isEmpty();
  }

  @Test
  void kindsTakeTurns() throws Exception {
    want(Kind.CHECKPOINT, false, "checkpoint");
    for (int i = 0; i < 3; i++) {
      want(Kind.CHECKPOINT, false, "checkpoint");
      want(Kind.MERGE, false, "merge");
      if (alarms.isEmpty()) {
        runStarted();
      } else {
        rest();
      }
    }
    assertThat(done).containsSequence("checkpoint", "merge", "checkpoint");
  }

  @Test
  void takesAPartOfTheTimeHoweverMuchIsWanted() throws Exception {
    Duration all = Duration.ofSeconds(7);
    for (Duration passed = Duration.ZERO; passed.compareTo(all) < 0; passed = passed.plus(TOOK)) {
      want(Kind.MERGE, false, "merge");
      want(Kind.CHECKPOINT, false, "checkpoint");
      clock.pass(Duration.ofMillis(1));
      runStarted();
      clock.pass(Duration.ofMillis(9));
      Deque<Runnable> due = new ArrayDeque<>(alarms);
      alarms.clear();
      due.forEach(Runnable::run);
    }
    assertThat(done).hasSizeBetween(70, 101);
    assertThat(done.stream().filter("merge"::equals)).hasSizeBetween(35, 51);
  }

  @Test
  void tooMuchOfItIsDoneWithoutARest() throws Exception {
    want(Kind.MERGE, false, "first");
    runStarted();
    want(Kind.MERGE, true, "urgent");
    runStarted();

    assertThat(done).containsExactly("first", "urgent");
    want(Kind.MERGE, false, "third");
    assertThat(started).isEmpty();
    assertThat(alarms).hasSize(1);
  }

  @Test
  void whatIsNotUrgentWaitsForTheRestBesideWhatIs() throws Exception {
    want(Kind.CHECKPOINT, false, "first");
    runStarted();
    want(Kind.CHECKPOINT, false, "checkpoint");
    for (int i = 0; i < 3; i++) {
      want(Kind.MERGE, true, "merge");
      runStarted();
    }
    assertThat(done).containsExactly("first", "merge", "merge", "merge");

    clock.pass(REST);
    want(Kind.MERGE, false, "last");
    runStarted();
    assertThat(done).endsWith("merge", "checkpoint");
    assertThat(alarms).hasSize(1);
  }

  @Test
  void whoWaitsForAllOfItLetsItHurry() throws Exception {
    want(Kind.MERGE, false, "first");
    runStarted();
    want(Kind.MERGE, false, "second");
    want(Kind.CHECKPOINT, false, "third");

    work.hurry();
    runStarted();
    work.calm();

    assertThat(done).containsExactly("first", "third", "second");
    want(Kind.MERGE, false, "fourth");
    alarms.remove().run();
    assertThat(started).isEmpty();
    assertThat(alarms).hasSize(1);
  }

  @Test
  void aPieceThatFailsIsOverAndMayAskForTheNext() throws Exception {
    work.want(
        Kind.MERGE,
        false,
        () -> {
          clock.pass(TOOK);
          want(Kind.MERGE, false, "again");
          throw new IOException("disk full");
        });
    assertThatThrownBy(this::runStarted).hasMessage("disk full");
    assertThat(rests).containsExactly(REST);

    rest();
    assertThat(done).containsExactly("again");
  }
}
