package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What single damages do to a whole pond: each is reported, or does no harm. */
final class MutationTest {
  private static final int THREADS = 2;
  private static final int MOST_SECONDS = 20;

  private final Harness harness = Harness.named("mutations");

  /** The first failure of each sort. */
  private final Map<String, String> failures = new TreeMap<>();

  @Test
  void everyDamageIsReportedOrDoesNoHarm() throws Exception {
    DamageFixture fixture = DamageFixture.create();
    PondPicture reference = pictureOf(fixture.disk());
    PondPicture before = pictureOf(fixture.older().get(fixture.older().size() - 1));
    int mutations = Harness.size(120, 10_000);
    assertThat(reference.failures()).isEmpty();

    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread;
      threads.add(
          pool.submit(
              () -> {
                for (int step = first; step < mutations; step += THREADS) {
                  run(step, fixture, reference, before);
                }
                return null;
              }));
    }
    for (Future<?> thread : threads) {
      thread.get();
    }
    pool.shutdown();

    harness.count("wrong", 0);
    harness.report();
    assertThat(failures.values()).isEmpty();
  }

  private static PondPicture pictureOf(MemoryDisk disk) {
    return PondPicture.of(Machine.with(disk.copy()), question -> true);
  }

  private void run(int step, DamageFixture fixture, PondPicture reference, PondPicture before)
      throws IOException {
    MutationTrial trial = new MutationTrial(fixture, harness.random(step));
    long start = System.nanoTime();
    harness.count(trial.run(reference, before), 1);
    harness.count("mutations", 1);
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    if (took > MOST_SECONDS) {
      fail(step, trial, "took " + took + " seconds");
    }
    trial.complaints().forEach(complaint -> fail(step, trial, complaint));
  }

  private void fail(int step, MutationTrial trial, String complaint) {
    harness.count("wrong", 1);
    synchronized (failures) {
      String sort = complaint.substring(0, Math.min(40, complaint.length()));
      failures.putIfAbsent(
          sort.replaceAll("[0-9]+", "#"), complaint + "\n  " + trial + "\n  " + harness.at(step));
    }
  }
}
