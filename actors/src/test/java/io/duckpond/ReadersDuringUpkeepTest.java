package io.duckpond;

import static io.duckpond.CollectionScene.create;
import static io.duckpond.CollectionScene.leftovers;
import static io.duckpond.CollectionScene.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Threads that read while others rewrite, remove, give up, merge and collect. */
class ReadersDuringUpkeepTest {
  private static final int FILES = 4;

  /** So few that most of what is taken in is there already, or has just been collected. */
  private static final int CONTENTS = 12;

  private final Harness harness = Harness.named("readers-during-upkeep");
  private final AtomicBoolean over = new AtomicBoolean();

  /** Something that a thread does again and again. */
  private interface Task {
    void run(Random random) throws IOException;
  }

  /** The whole of a version: its number, and bytes that follow from it. */
  private static byte[] version(int number) {
    byte[] bytes = new byte[number % 6 == 0 ? (1 << 20) + 77 : 60 + 40 * (number % 6)];
    new Random(number).nextBytes(bytes);
    ByteBuffer.wrap(bytes).putInt(number);
    return bytes;
  }

  private static void requireWhole(byte[] read) {
    assertThat(read).hasSizeGreaterThan(4);
    assertThat(read).isEqualTo(version(ByteBuffer.wrap(read).getInt()));
  }

  private static String path(Random random) {
    return "/d" + random.nextInt(2) + "/" + random.nextInt(FILES);
  }

  private void read(Pond pond, Random random) throws IOException {
    long newest = pond.view().txnSeq();
    PondView view = random.nextBoolean() ? pond.view() : pond.asOf(1 + random.nextLong(newest));
    try (InputStream in = view.root().read(path(random))) {
      requireWhole(in.readAllBytes());
      harness.count("whole versions read", 1);
    } catch (NoSuchFileException e) {
      harness.count("files not there", 1);
    }
  }

  private void write(Pond pond, Random random) throws IOException {
    String path = path(random);
    byte[] bytes = version(random.nextInt(CONTENTS));
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectories(path.substring(0, 3));
      switch (random.nextInt(6)) {
        case 0 -> root.removeRecursively(path.substring(0, 3));
        case 1 -> {
          if (root.exists(path)) {
            root.remove(path);
          }
        }
        default -> {
          root.write(path, new ByteArrayInputStream(bytes));
          requireWhole(root.readBytes(path));
        }
      }
      if (random.nextInt(3) == 0) {
        harness.count("transactions given up", 1);
      } else {
        transaction.commit(CommitInfo.NONE);
        harness.count("transactions", 1);
      }
    } catch (ConflictException e) {
      harness.count("conflicts", 1);
    }
  }

  private void maintain(Pond pond, Random random) throws IOException {
    EnumSet<MaintenanceTask> tasks =
        random.nextInt(4) == 0
            ? EnumSet.allOf(MaintenanceTask.class)
            : EnumSet.of(MaintenanceTask.VACUUM);
    harness.count("collected", pond.maintain(tasks, Progress.NONE).collected().contents());
  }

  /** However the threads are scheduled: reads, and a collection that found something. */
  private boolean everythingHappened() {
    return harness.counted("whole versions read") > 0 && harness.counted("collected") > 0;
  }

  private Future<?> start(ExecutorService threads, int number, Task task) {
    Random random = harness.random(number);
    return threads.submit(
        () -> {
          try {
            do {
              task.run(random);
            } while (!over.get());
          } catch (IOException | RuntimeException | Error e) {
            over.set(true);
            throw e;
          }
          return null;
        });
  }

  @Test
  void everyReadGivesTheWholeOfOneVersion() throws Exception {
    MemoryDisk disk = new MemoryDisk();
    ExecutorService threads = Executors.newCachedThreadPool();
    int wanted = Harness.size(150, 20_000);
    try (Pond pond = create(disk);
        Pond other = open(disk)) {
      pond.transact(root -> root.createDirectory("/d0"), 1);
      List<Future<?>> tasks = new ArrayList<>();
      tasks.add(start(threads, 1, random -> read(pond, random)));
      tasks.add(start(threads, 2, random -> read(other, random)));
      tasks.add(start(threads, 3, random -> maintain(pond, random)));
      for (int writer = 4; writer < 6; writer++) {
        tasks.add(
            start(
                threads,
                writer,
                random -> {
                  write(pond, random);
                  if (harness.counted("transactions") >= wanted && everythingHappened()) {
                    over.set(true);
                  }
                }));
      }
      for (Future<?> task : tasks) {
        task.get(4, TimeUnit.MINUTES);
      }
      pond.maintain();
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
    } finally {
      over.set(true);
      threads.shutdown();
    }
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(leftovers(disk)).isEmpty();
    assertThat(everythingHappened()).isTrue();
    harness.report();
  }
}
