package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real threads on one pond: each transaction moves one unit between two of four counters and adds
 * one to its thread's. The four always sum up to what they began with, for every reader.
 */
final class ContendedTransactionsTest {
  private static final int THREADS = 8;
  private static final int COUNTERS = 4;
  private static final int EACH = 100;

  @TempDir private Path temporary;

  private static int read(WorkingDirectory root, String path) throws IOException {
    return Integer.parseInt(new String(root.readBytes(path), UTF_8));
  }

  private static void write(WorkingDirectory root, String path, int value) throws IOException {
    root.write(path, new ByteArrayInputStream(Integer.toString(value).getBytes(UTF_8)));
  }

  private static void add(WorkingDirectory root, String path, int change) throws IOException {
    write(root, path, read(root, path) + change);
  }

  private static int sum(WorkingDirectory root) throws IOException {
    int sum = 0;
    for (int i = 0; i < COUNTERS; i++) {
      sum += read(root, "/counters/" + i);
    }
    return sum;
  }

  @Test
  void eachIncrementIsThereOnceAndReadersSeeConsistentSums() throws Exception {
    Harness harness = Harness.named("contended-transactions");
    int times = Harness.size(10, 500);
    try (Pond pond = Pond.create(temporary.resolve("pond"), PondSettings.load())) {
      pond.transact(
          root -> {
            root.createDirectories("/counters");
            root.createDirectories("/threads");
            for (int i = 0; i < COUNTERS; i++) {
              write(root, "/counters/" + i, EACH);
            }
            for (int i = 0; i < THREADS; i++) {
              write(root, "/threads/" + i, 0);
            }
            return root;
          },
          1);
      ExecutorService pool = Executors.newFixedThreadPool(THREADS + 2);
      AtomicBoolean done = new AtomicBoolean();
      try {
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          int thread = i;
          Random random = harness.random(thread);
          writers.add(pool.submit(() -> write(pond, thread, times, random)));
        }
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          readers.add(pool.submit(() -> watch(pond, done)));
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
        done.set(true);
        for (Future<Integer> reader : readers) {
          assertThat(reader.get()).as(harness.at("reading")).isPositive();
        }
      } finally {
        done.set(true);
        pool.shutdownNow();
      }

      WorkingDirectory root = pond.view().root();
      assertThat(sum(root)).isEqualTo(COUNTERS * EACH);
      for (int i = 0; i < THREADS; i++) {
        assertThat(read(root, "/threads/" + i)).as(harness.at(i)).isEqualTo(times);
      }
      harness.count("transactions", (long) THREADS * times);
      harness.report();
    }
  }

  private static Integer write(Pond pond, int thread, int times, Random random) throws IOException {
    TransactionOptions options =
        thread % 2 == 0 ? TransactionOptions.DEFAULT : TransactionOptions.DEFAULT.serializable();
    for (int i = 0; i < times; i++) {
      int from = random.nextInt(COUNTERS);
      int to = (from + 1 + random.nextInt(COUNTERS - 1)) % COUNTERS;
      pond.transact(
          root -> {
            add(root, "/counters/" + from, -1);
            add(root, "/counters/" + to, 1);
            add(root, "/threads/" + thread, 1);
            return root;
          },
          100_000,
          options);
    }
    return times;
  }

  private static Integer watch(Pond pond, AtomicBoolean done) throws IOException {
    int looks = 0;
    long last = 0;
    while (looks == 0 || !done.get()) {
      PondView view = pond.view();
      assertThat(view.txnSeq()).isGreaterThanOrEqualTo(last);
      assertThat(sum(view.root())).isEqualTo(COUNTERS * EACH);
      last = view.txnSeq();
      looks++;
    }
    return looks;
  }
}
