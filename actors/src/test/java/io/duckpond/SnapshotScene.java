package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Ponds with histories, opened cold with snapshots and without. */
final class SnapshotScene {
  /** Writes snapshots at every turn, and looks at them always. */
  static final PondSettings EAGER = settings(0, 0);

  /** Neither writes nor reads one. */
  static final PondSettings NEVER = settings(1_000_000, 1_000_000);

  private SnapshotScene() {}

  static PondSettings settings(int tailFiles, int tailFilesAtClose) {
    return PondSettings.from(
        ConfigFactory.parseString(
                "pond { log.merge-fan-in = 0, snapshot { tail-files = %d, tail-files-at-close = %d } }"
                    .formatted(tailFiles, tailFilesAtClose))
            .withFallback(ConfigFactory.load())
            .resolve());
  }

  static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Everything that is in a state, loaded directory by directory. */
  static Map<String, Entry> tree(PondView view) throws IOException {
    Map<String, Entry> found = new LinkedHashMap<>();
    found.put("/", view.root().metadata("/"));
    collect(view.root(), "", found);
    return found;
  }

  private static void collect(WorkingDirectory root, String path, Map<String, Entry> found)
      throws IOException {
    for (Map.Entry<EntryName, Entry> entry : root.list(path + "/").entrySet()) {
      String child = path + "/" + entry.getKey().value();
      found.put(child, entry.getValue());
      if (entry.getValue() instanceof Entry.Directory) {
        collect(root, child, found);
      }
    }
  }

  /** Returns the trees of all transactions, each from a pond opened for it. */
  static List<Map<String, Entry>> history(Machine machine, Path folder, PondSettings settings)
      throws IOException {
    List<Map<String, Entry>> trees = new ArrayList<>();
    long last;
    try (Pond pond = Pond.open(machine, folder, settings)) {
      last = pond.view().txnSeq();
      trees.add(tree(pond.view()));
    }
    for (long txnSeq = 1; txnSeq <= last; txnSeq++) {
      try (Pond pond = Pond.open(machine, folder, settings)) {
        trees.add(tree(pond.asOf(txnSeq)));
      }
    }
    return trees;
  }

  /** Changes a small tree at random, one transaction a step; what is refused is passed over. */
  static void change(Pond pond, Random random, int steps) throws IOException {
    for (int step = 0; step < steps; step++) {
      pond.transact(
          root -> {
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
              try {
                change(root, random);
              } catch (java.nio.file.FileSystemException refused) {
                root.touch("/touched");
              }
            }
            return root;
          },
          1);
    }
  }

  private static void change(WorkingDirectory root, Random random) throws IOException {
    String directory = "/d" + random.nextInt(3);
    String name = directory + "/" + "abcdefgh".charAt(random.nextInt(8));
    switch (random.nextInt(7)) {
      case 0 -> root.createDirectories(directory);
      case 1, 2 -> root.write(name, text("x".repeat(random.nextInt(100))));
      case 3 -> root.createSymlink(name, "../somewhere");
      case 4 -> root.rename(name, "/d" + random.nextInt(3) + "/moved" + random.nextInt(4));
      case 5 -> root.remove(name);
      default -> root.setAttributes(random.nextBoolean() ? "/" : directory, attributes(random));
    }
  }

  private static io.duckpond.node.Attributes attributes(Random random) {
    return new io.duckpond.node.Attributes(0700 + random.nextInt(0100), random.nextInt(1000));
  }

  /** Counts the data files that are opened. */
  static final class CountingDisk extends ForwardingDisk {
    private final List<String> opened = new ArrayList<>();

    CountingDisk(Disk disk) {
      super(disk);
    }

    @Override
    protected void before(String operation, Path path) {
      if (operation.equals("open") && path.toString().endsWith(".parquet")) {
        synchronized (opened) {
          opened.add(path.toString());
        }
      }
    }

    List<String> opened() {
      synchronized (opened) {
        return List.copyOf(opened);
      }
    }
  }
}
