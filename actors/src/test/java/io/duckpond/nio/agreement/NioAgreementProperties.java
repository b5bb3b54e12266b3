package io.duckpond.nio.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.nio.agreement.Step.Call;
import io.duckpond.nio.agreement.Step.Upkeep;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * The same random script by {@code java.nio.file} on a pond and on jimfs: every call is answered
 * alike, or refused by the same class, and the trees are equal after each, whatever happens to the
 * pond meanwhile. Most scripts run in transactions, which are committed now and then; some on the
 * present state, where each change is a transaction.
 *
 * <p>Where pond differs by design {@link JimfsCalls} makes jimfs do the same; nothing is tolerated
 * beyond that. What is left out is said in {@code docs/nio.md}.
 */
class NioAgreementProperties {
  private static final int SCRIPTS = 300;
  private static final int MANY_SCRIPTS = 10_000;
  private static final int STEPS = 200;

  /** The log grows; so after so many scripts there is another pond. */
  private static final int SCRIPTS_OF_A_POND = 150;

  /** Looking at a tree takes longer than changing it, and the next looks find a change too. */
  private final int rarely = Harness.size(4, 1);

  private final SteppedClock clock = new SteppedClock();

  /** Fresh scripts still find a difference now and then: for those who look for them. */
  private final Harness harness = Harness.repeated("nio-jimfs", 1);

  /** Stands still while a step runs on either side. */
  private static final class SteppedClock extends Clock {
    private volatile Instant now = Instant.parse("2026-03-04T05:06:07.008009Z");

    void step() {
      now = now.plus(Duration.ofMillis(1_001));
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void pondAnswersAndRefusesAsJimfsDoes() throws IOException {
    int scripts = Harness.size(SCRIPTS, MANY_SCRIPTS);
    for (int first = 0; first < scripts; first += SCRIPTS_OF_A_POND) {
      try (PondSide pond = new PondSide(clock)) {
        for (int script = first; script < Math.min(scripts, first + SCRIPTS_OF_A_POND); script++) {
          run(pond, script);
        }
      }
    }

    System.out.println(harness.report());
    long calls = harness.counted("calls");
    if (scripts < SCRIPTS) {
      return; // of a few that are run again these say nothing
    }
    assertThat(calls).isGreaterThan(STEPS * 9L * scripts / 10);
    assertThat(harness.counted("answered")).isGreaterThan(calls / 3);
    assertThat(harness.counted("refused")).isGreaterThan(calls / 8);
    assertThat(harness.counted("left out")).isLessThan(calls / 100);
  }

  private void run(PondSide pond, int script) throws IOException {
    Random random = harness.random(script);
    boolean inTransaction = random.nextInt(30) != 0;
    Scripts steps = new Scripts(random, inTransaction ? STEPS : STEPS / 2);
    List<Step> taken = new ArrayList<>();
    pond.begin(inTransaction);
    try (JimfsSide jimfs = new JimfsSide(clock)) {
      prepare(pond.fileSystem());
      prepare(jimfs.fileSystem());
      jimfs.noteTimes();
      SortedMap<String, String> tree = jimfs.picture();
      for (int i = 0; i < STEPS; i++) {
        clock.step();
        Step step = steps.next(tree);
        taken.add(step);
        boolean changed = take(pond, jimfs, step);
        tree = changed ? jimfs.picture() : tree;
        boolean looks = !(step instanceof Call call) || call.verb().changes() && i % rarely == 0;
        if (looks) {
          assertThat(pond.picture()).isEqualTo(tree);
        }
      }
      assertThat(TreePicture.of(pond.fileSystem())).isEqualTo(tree);
      assertThat(pond.end()).isEqualTo(tree);
    } catch (IOException | RuntimeException | AssertionError e) {
      throw new AssertionError(told(script, taken), e);
    }
  }

  /** The last steps, and how to run the script again without those before it. */
  private String told(int script, List<Step> taken) {
    StringBuilder told = new StringBuilder(harness.at(script));
    told.append(", alone: -Dpond.seed=").append(harness.seed() + script);
    told.append(" -Dpond.test.steps=1");
    for (int i = Math.max(0, taken.size() - 20); i < taken.size(); i++) {
      told.append('\n').append(i).append(": ").append(taken.get(i));
    }
    return told.toString();
  }

  private void prepare(FileSystem fileSystem) throws IOException {
    Path root = fileSystem.getPath("/");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setLastModifiedTime(root, FileTime.from(clock.instant()));
  }

  /** Takes a step on both sides; returns whether anything can have changed. */
  private boolean take(PondSide pond, JimfsSide jimfs, Step step) throws IOException {
    if (step instanceof Upkeep upkeep) {
      pond.keepUp(upkeep);
      harness.count(upkeep.name().toLowerCase(Locale.ROOT), 1);
      return false;
    }
    Call call = (Call) step;
    if (jimfs.walksOn(call)) {
      harness.count("left out", 1);
      return false;
    }
    Outcome ours = pond.make(call);
    harness.count("calls", 1);
    harness.count(ours.refused() ? "refused" : "answered", 1);
    assertThat(ours).isEqualTo(jimfs.make(call));
    return call.verb().changes() && !(ours.refused() && call.verb().isOneChange());
  }
}
