package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * A process that builds a large tree in a pond, opens it anew, walks, globs, looks up and restores
 * it, and says how long each took and how much heap was in use at most. It ends in an exit code
 * other than 0 if anything is not as it should be.
 */
final class MillionNodes {
  private static final int IN_TRANSACTION = 20_000;
  private static final long MILLION = 1_000_000;

  private final Harness harness = Harness.named("million-nodes");
  private final AtomicLong mostUsed = new AtomicLong();
  private long mostEver;
  private final LargeTree tree;
  private final Path folder;
  private final int stats;
  private long since = System.nanoTime();

  private MillionNodes(LargeTree tree, Path folder, int stats) {
    this.tree = tree;
    this.folder = folder;
    this.stats = stats;
  }

  /** Returns the command that starts one, with a heap of 1 GB. */
  static List<String> command(LargeTree tree, Path folder, int stats) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx1g"));
    command.add("-Dpond.seed=" + System.getProperty("pond.seed", ""));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MillionNodes.class.getName());
    command.add(folder.toString());
    Stream.of(tree.directories(), tree.fanOut(), tree.filesInEach(), tree.inLarge(), stats)
        .map(String::valueOf)
        .forEach(command::add);
    return command;
  }

  public static void main(String[] arguments) throws IOException {
    int[] numbers = Stream.of(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
    LargeTree tree = new LargeTree(numbers[0], numbers[1], numbers[2], numbers[3]);
    new MillionNodes(tree, Path.of(arguments[0]), numbers[4]).run();
  }

  private void run() throws IOException {
    watchHeap();
    harness.count("nodes", tree.nodes());
    build();
    readColdly();
    restore();
    harness.count("most heap after a collection, MB", mostEver / MILLION);
    System.out.println(harness.report());
  }

  private void build() throws IOException {
    try (Pond pond = Pond.create(folder, PondSettings.load())) {
      tree.build(pond, IN_TRANSACTION);
      took("build");
    }
    since = System.nanoTime();
  }

  private void readColdly() throws IOException {
    MeteredDisk disk = new MeteredDisk(new RealDisk());
    try (Pond pond = Pond.open(Machine.with(disk), folder, PondSettings.load())) {
      WorkingDirectory root = pond.view().root();
      String last = tree.file(tree.files() - 1);
      assertThat(root.readBytes(last)).asString().isEqualTo(last);
      assertThat(pond.loadedDirectories()).isEqualTo(LargeTree.above(last).size());
      harness.count("data files opened for one read", disk.opened().size());
      harness.count("kilobytes read for one read", disk.read() / 1000);
      took("cold open and read");

      assertThat(root.walk("/")).hasSize(tree.nodes());
      took("walk");

      try (Stream<?> found = root.glob("/**/*-1.txt")) {
        assertThat(found.count()).isEqualTo(tree.directories() + 1L); // one in each
      }
      took("glob");

      Random random = harness.random(0);
      for (int i = 0; i < stats; i++) {
        String file = tree.file(random.nextInt(tree.files()));
        Entry entry = root.metadata(file);
        assertThat(entry.version()).as(harness.at(file)).isEqualTo(1);
      }
      took(stats + " random stats");
      System.gc();
      harness.count("heap in use with all loaded, MB", used() / MILLION);
    }
  }

  private void restore() throws IOException {
    since = System.nanoTime();
    try (Pond pond = Pond.open(folder)) {
      RestoreReport verified = pond.restore(RestoreMode.VERIFY, Progress.NONE);
      took("verification");
      RestoreReport restored = pond.restore(RestoreMode.LOG, Progress.NONE);
      took("restore");
      assertThat(restored.contentRoot()).isEqualTo(verified.contentRoot());
      harness.count("events", restored.events());
      Map<?, ?> large = pond.view().root().list(LargeTree.LARGE);
      assertThat(large).hasSize(tree.inLarge());
    }
  }

  private void took(String what) {
    long now = System.nanoTime();
    long millis = (now - since) / MILLION;
    long most = mostUsed.getAndSet(0);
    mostEver = Math.max(mostEver, most);
    System.out.printf("%s: %d ms, at most %d MB of heap%n", what, millis, most / MILLION);
    harness.count(what + ", ms", millis);
    since = now;
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void watchHeap() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, unused) -> {
                var info =
                    GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData());
                long used =
                    info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Old|Tenured).*"))
                        .map(Map.Entry::getValue)
                        .mapToLong(MemoryUsage::getUsed)
                        .sum();
                mostUsed.accumulateAndGet(used, Math::max);
              },
              null,
              null);
    }
  }
}
