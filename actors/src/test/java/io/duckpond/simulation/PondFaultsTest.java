package io.duckpond.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.Progress;
import io.duckpond.RestoreMode;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.FaultyDisk.Fault;
import io.duckpond.journal.disk.FaultyDisk.Times;
import io.duckpond.simulation.PondPicture.Change;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every operation of everything that a pond does fails, once and for ever, with every error. */
final class PondFaultsTest {
  /** Points, after which a pond makes place for another. */
  private static final int OLD = 100;

  private final Harness harness = Harness.named("faults-pond");
  private final SplittableRandom random = new SplittableRandom(harness.seed());
  private final int most = Harness.size(2, Integer.MAX_VALUE);

  /** All that went wrong, not the first only: they tend to have one cause. */
  private final List<String> wrong = new ArrayList<>();

  private Optional<FaultyPond> current = Optional.empty();
  private int points;

  /** How many points there were before the present pond. */
  private int born;

  /** One thing that is done to a pond; {@code n} is another number each time. */
  private interface Step {
    void run(FaultyPond pond, int n) throws IOException;
  }

  private record Named(String name, Step step) {}

  private final List<Named> steps =
      List.of(
          new Named(
              "small file", (pond, n) -> pond.change(List.of(List.of(file("/small", n, 50))))),
          new Named("tree", PondFaultsTest::tree),
          new Named("staged", PondFaultsTest::staged),
          new Named("large", (pond, n) -> pond.change(List.of(List.of(file("/large", n, 3000))))),
          new Named(
              "blocks", (pond, n) -> pond.change(List.of(List.of(file("/blocks", n, 1_100_000))))),
          new Named("concurrent", PondFaultsTest::concurrent),
          new Named("reopen and change", PondFaultsTest::reopen),
          new Named("close", (pond, n) -> pond.close(false)),
          new Named("view", (pond, n) -> pond.read(open -> PondPicture.of(open.view().root()))),
          new Named("as of", (pond, n) -> pond.read(open -> PondPicture.of(open.asOf(2).root()))),
          new Named("status", (pond, n) -> pond.read(open -> open.status())),
          new Named(
              "restore",
              (pond, n) -> pond.read(o -> o.restore(RestoreMode.VERIFY, Progress.NONE))));

  private static Change file(String path, int n, int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(n).nextBytes(bytes);
    return PondPicture.file(path, bytes);
  }

  private static void tree(FaultyPond pond, int n) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (String path : pond.picture().keySet()) {
      if (path.startsWith("/tree") && path.lastIndexOf('/') == 0) {
        changes.add(PondPicture.remove(path));
      }
    }
    changes.add(PondPicture.directory("/made" + n));
    changes.add(file("/made" + n + "/file", n, 30));
    changes.add(PondPicture.link("/made" + n + "/link", "file"));
    changes.add(PondPicture.move("/made" + n, "/tree" + n));
    pond.change(List.of(changes));
  }

  private static void staged(FaultyPond pond, int n) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      changes.add(file("/staged" + i, n + i, 90));
    }
    pond.change(List.of(changes));
  }

  private static void concurrent(FaultyPond pond, int n) throws IOException {
    pond.change(
        List.of(
            List.of(file("/one/file", n, 60)),
            List.of(file("/two/file", n, 70)),
            List.of(file("/two/another", n, 200))));
  }

  private static void reopen(FaultyPond pond, int n) throws IOException {
    pond.close(true);
    pond.change(List.of(List.of(file("/small", n, 40))));
  }

  @Test
  void whateverFailsIsSaidAndNothingAcknowledgedIsLost() throws Exception {
    harness.count("wrong", 0);
    for (Fault fault : Fault.values()) {
      for (Times times : Times.values()) {
        for (Named step : steps) {
          allOf(step, fault, times);
        }
      }
    }

    end("at the end");

    String report = harness.report();
    assertThat(wrong).as(report).isEmpty();
    assertThat(harness.counted("points")).isGreaterThan(100);
  }

  /** Goes through the operations of a step; an ordinary run through some of them. */
  private void allOf(Named step, Fault fault, Times times) throws IOException {
    int stride = most == Integer.MAX_VALUE ? 1 : 4 + random.nextInt(9);
    boolean hit = true;
    int done = 0;
    for (long after = random.nextInt(stride); hit && done < most; after += stride) {
      done++;
      hit = run(step, fault, times, after);
      endIfOld("after " + fault + " " + times + " of " + step.name());
    }
  }

  private boolean run(Named step, Fault fault, Times times, long after) throws IOException {
    String at = step.name() + " with " + fault + " " + times + " after " + after;
    points++;
    try {
      FaultyPond pond = current();
      pond.fail(fault, after, times);
      step.step().run(pond, points);
      boolean hit = pond.heal();
      if (hit) {
        harness.count("points", 1);
        pond.change(List.of(List.of(file("/next", points, 20))));
      }
      return hit;
    } catch (IOException | RuntimeException | AssertionError e) {
      String operation = current.flatMap(FaultyPond::failed).orElse("nothing");
      failed(at + " (" + operation + ")", e);
      current = Optional.empty(); // what becomes of it now is of no interest
      return true;
    }
  }

  private FaultyPond current() throws IOException {
    if (current.isEmpty()) {
      FaultyPond pond = new FaultyPond(harness, random.nextLong());
      pond.change(
          List.of(
              List.of(
                  PondPicture.directory("/one"),
                  PondPicture.directory("/two"),
                  file("/large", 0, 3000))));
      current = Optional.of(pond);
      born = points;
    }
    return current.get();
  }

  /** Each point opens the pond anew, which takes the longer the more there were before it. */
  private void endIfOld(String at) {
    if (points - born >= OLD) {
      end(at);
    }
  }

  private void end(String at) {
    if (current.isPresent()) {
      try (FaultyPond pond = current.get()) {
        pond.assertSound();
      } catch (IOException | RuntimeException | AssertionError e) {
        failed(at, e);
      }
      current = Optional.empty();
    }
  }

  private void failed(String at, Throwable failure) {
    harness.count("wrong", 1);
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    wrong.add(harness.at(at) + ": " + text);
  }
}
