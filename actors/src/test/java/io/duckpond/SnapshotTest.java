package io.duckpond;

import static io.duckpond.SnapshotScene.EAGER;
import static io.duckpond.SnapshotScene.NEVER;
import static io.duckpond.SnapshotScene.history;
import static io.duckpond.SnapshotScene.settings;
import static io.duckpond.SnapshotScene.text;
import static io.duckpond.SnapshotScene.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.SnapshotScene.CountingDisk;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What snapshots spare, and that they change nothing else, whatever becomes of them. */
final class SnapshotTest {
  private static final PondSettings SETTINGS = PondSettings.load();

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("pond");
  }

  private Path snapshots() {
    return folder().resolve("snapshots");
  }

  private static void putOneByOne(Pond pond, int transactions) throws IOException {
    for (int i = 0; i < transactions; i++) {
      String path = "/d/f" + i % 10;
      pond.transact(root -> root.write(path, text("x")), 1);
    }
  }

  @Test
  void aColdDirectoryOpensAsFewFilesAfterALongHistoryAsAfterAShortOne() throws Exception {
    int files = filesOpenedAfter(100, temporary.resolve("short"));
    int filesLater = filesOpenedAfter(Harness.size(250, 10_000), temporary.resolve("long"));

    assertThat(files).isBetween(1, 5);
    assertThat(filesLater).isBetween(1, 5);
  }

  private static int filesOpenedAfter(int transactions, Path folder) throws IOException {
    try (Pond pond = Pond.create(folder, settings(4, 4))) {
      pond.transact(root -> root.createDirectory("/d"), 1);
      putOneByOne(pond, transactions);
    }
    CountingDisk disk = new CountingDisk(new RealDisk());
    try (Pond pond = Pond.open(Machine.with(disk), folder, SETTINGS)) {
      Entry directory = pond.view().root().metadata("/d");
      int before = disk.opened().size();
      assertThat(pond.view().root().list("/d")).hasSize(10);
      assertThat(directory).isInstanceOf(Entry.Directory.class);
      return disk.opened().size() - before;
    }
  }

  @Test
  void aSmallPutWritesNoSnapshot() throws Exception {
    Pond.create(folder(), SETTINGS).close();
    for (int i = 0; i < 10; i++) {
      try (Pond pond = Pond.open(folder(), SETTINGS)) {
        String path = "/f" + i;
        pond.transact(root -> root.createFile(path, text("x")), 1);
      }
    }

    assertThat(snapshots()).doesNotExist();
  }

  @Test
  void aDirectoryWithALongTailGetsASnapshotAtClose() throws Exception {
    Pond.create(folder(), settings(100, 10)).close();
    for (int i = 0; i < 12; i++) {
      try (Pond pond = Pond.open(folder(), settings(100, 10))) {
        String path = "/f" + i;
        pond.transact(root -> root.createFile(path, text("x")), 1);
      }
    }

    assertThat(dataFiles()).hasSize(1);
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> all = Files.list(snapshots())) {
      return all.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  @Test
  void restoreRewritesSnapshotsOfWhatHasAHistory() throws Exception {
    try (Pond pond = Pond.create(folder(), NEVER)) {
      pond.transact(root -> root.createDirectory("/d"), 1);
      putOneByOne(pond, 20);
    }
    Files.createDirectory(snapshots());
    Files.writeString(snapshots().resolve("rubbish"), "rubbish");

    RestoreReport verified;
    RestoreReport rewritten;
    try (Pond pond = Pond.open(folder(), SETTINGS)) {
      verified = pond.restore(RestoreMode.VERIFY, Progress.NONE);
      assertThat(snapshots().resolve("rubbish")).exists();
      rewritten = pond.restore(RestoreMode.LOG, Progress.NONE);
    }

    assertThat(rewritten.contentRoot()).isEqualTo(verified.contentRoot());
    assertThat(rewritten.snapshotsLeft()).isEmpty();
    assertThat(dataFiles()).hasSize(1);
    assertThat(snapshots().resolve("rubbish")).doesNotExist();
    assertThat(names(folder())).doesNotContain("snapshots.new", "snapshots.old");
    CountingDisk disk = new CountingDisk(new RealDisk());
    try (Pond pond = Pond.open(Machine.with(disk), folder(), SETTINGS)) {
      assertThat(pond.view().root().list("/d")).hasSize(10);
      assertThat(disk.opened()).contains(dataFiles().get(0).toString()).hasSizeLessThan(5);
    }
  }

  @Test
  void restoreBesideAWriterLeavesSnapshotsAndSaysSo() throws Exception {
    try (Pond writer = Pond.create(folder(), NEVER);
        Pond other = Pond.open(folder(), SETTINGS)) {
      putRoot(writer, 10);

      RestoreReport report = other.restore(RestoreMode.LOG, Progress.NONE);

      assertThat(report.txnSeq()).isEqualTo(11);
      assertThat(report.snapshotsLeft()).get().asString().contains("is being written by");
      assertThat(snapshots()).doesNotExist();
    }
  }

  private static void putRoot(Pond pond, int transactions) throws IOException {
    for (int i = 0; i < transactions; i++) {
      putNext(pond, i);
    }
  }

  private static void putNext(Pond pond, int number) throws IOException {
    pond.transact(root -> root.createFile("/f" + number, text("x")), 1);
  }

  @Test
  void aLargeDirectoryComesBackFromSeveralRecords() throws Exception {
    int entries = 12_000;
    try (Pond pond = Pond.create(folder(), NEVER)) {
      pond.transact(
          root -> {
            for (int i = 0; i < entries; i++) {
              root.createSymlink("/link-" + i, "target/".repeat(30) + i);
            }
            return root;
          },
          1);
      putRoot(pond, 5);
      pond.restore(RestoreMode.LOG, Progress.NONE);
    }
    try (Pond pond = Pond.open(folder(), EAGER)) {
      pond.restore(RestoreMode.LOG, Progress.NONE);
    }
    CountingDisk disk = new CountingDisk(new RealDisk());

    try (Pond with = Pond.open(Machine.with(disk), folder(), EAGER);
        Pond without = Pond.open(folder(), NEVER)) {
      assertThat(tree(with.view())).hasSize(entries + 6).isEqualTo(tree(without.view()));
    }

    assertThat(disk.opened()).hasSize(2); // the snapshots, and the event that it ends with
  }

  @Test
  void snapshotsOfAnotherPondAreNotUsed() throws Exception {
    Path other = temporary.resolve("other");
    for (Path folder : List.of(folder(), other)) {
      try (Pond pond = Pond.create(folder, EAGER)) {
        putRoot(pond, folder.equals(other) ? 12 : 10);
      }
    }
    List<Map<String, Entry>> expected = history(Machine.real(), folder(), NEVER);
    delete(snapshots());
    copy(other.resolve("snapshots"), snapshots());

    assertThat(history(Machine.real(), folder(), EAGER)).isEqualTo(expected);
    assertThat(findings()).singleElement().asString().contains("belongs to another pond");

    try (Pond pond = Pond.open(folder(), EAGER)) {
      pond.transact(root -> root.createDirectory("/more"), 1);
    }
    assertThat(findings()).isEmpty();
    try (Pond pond = Pond.open(folder(), EAGER)) {
      assertThat(tree(pond.view())).hasSize(12);
    }
  }

  @Test
  void snapshotsThatAreAheadOfAnOlderLogAreNotUsed() throws Exception {
    Path older = temporary.resolve("older");
    try (Pond pond = Pond.create(folder(), EAGER)) {
      putRoot(pond, 6);
    }
    copy(folder().resolve("oplog"), older);
    try (Pond pond = Pond.open(folder(), EAGER)) {
      pond.transact(root -> root.createDirectory("/lost"), 1);
      pond.transact(root -> root.createDirectory("/lost/too"), 1);
    }
    delete(folder().resolve("oplog"));
    copy(older, folder().resolve("oplog"));
    List<Map<String, Entry>> expected = history(Machine.real(), folder(), NEVER);

    assertThat(history(Machine.real(), folder(), EAGER)).isEqualTo(expected);
    assertThat(findings()).singleElement().asString().contains("directories another history");

    // The numbers of what was lost are given again, to something else.
    try (Pond pond = Pond.open(folder(), NEVER)) {
      pond.transact(root -> root.createDirectory("/found"), 1);
      pond.transact(root -> root.createDirectory("/found/too"), 1);
    }
    expected = history(Machine.real(), folder(), NEVER);
    assertThat(history(Machine.real(), folder(), EAGER)).isEqualTo(expected);

    // And a writer heals them.
    try (Pond pond = Pond.open(folder(), EAGER)) {
      pond.transact(root -> root.createDirectory("/healed"), 1);
    }
    try (Pond pond = Pond.open(folder(), EAGER)) {
      assertThat(tree(pond.view()))
          .containsKeys("/found/too", "/healed")
          .doesNotContainKey("/lost");
      pond.restore(RestoreMode.LOG, Progress.NONE);
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void snapshotsChangeNoAnswer() throws Exception {
    Harness harness = Harness.named("snapshots-change-no-answer");
    Random random = new Random(harness.seed());
    for (int run = 0; run < Harness.size(1, 200); run++) {
      Path folder = temporary.resolve("pond" + run);
      Pond.create(folder, EAGER).close();
      for (int opened = 0; opened < 3; opened++) {
        PondSettings settings = settings(random.nextInt(4), random.nextInt(4));
        try (Pond pond = Pond.open(folder, settings)) {
          SnapshotScene.change(pond, random, 2 + random.nextInt(10));
        }
      }

      List<Map<String, Entry>> with = history(Machine.real(), folder, EAGER);

      assertThat(with).as(harness.at(run)).isEqualTo(history(Machine.real(), folder, NEVER));
      assertThat(roots(folder)).as(harness.at(run)).hasSize(1);
      harness.count("scripts", 1);
      harness.count("states", with.size());
    }
    harness.report();
  }

  /** The content root with snapshots, after they were rewritten, and without. */
  private static java.util.Set<Object> roots(Path folder) throws IOException {
    java.util.Set<Object> roots = new java.util.HashSet<>();
    for (PondSettings settings : List.of(EAGER, NEVER)) {
      for (RestoreMode mode : RestoreMode.values()) {
        try (Pond pond = Pond.open(folder, settings)) {
          roots.add(pond.restore(mode, Progress.NONE).contentRoot());
        }
      }
    }
    return roots;
  }

  @Test
  void damageToSnapshotsIsHarmless() throws Exception {
    Harness harness = Harness.named("snapshots-damage");
    Random random = new Random(harness.seed());
    try (Pond pond = Pond.create(folder(), EAGER)) {
      SnapshotScene.change(pond, random, 15);
    }
    Map<String, Entry> expected = treeWithout();
    Path sound = temporary.resolve("sound");
    copy(snapshots(), sound);
    List<Path> files = files(sound);

    for (int i = 0; i < Harness.size(60, 10_000); i++) {
      delete(snapshots());
      copy(sound, snapshots());
      Path file = snapshots().resolve(sound.relativize(files.get(random.nextInt(files.size()))));
      String what = damage(file, random) + " " + file;
      try (Pond pond = Pond.open(folder(), EAGER)) {
        assertThat(tree(pond.view())).as(harness.at(i) + ": " + what).isEqualTo(expected);
        if (i % 10 == 0) {
          putNext(pond, i);
          expected = treeWithout();
        }
      }
      harness.count("mutations", 1);
    }
    harness.report();
  }

  private Map<String, Entry> treeWithout() throws IOException {
    try (Pond pond = Pond.open(folder(), NEVER)) {
      return tree(pond.view());
    }
  }

  private static String damage(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (bytes.length == 0 ? 3 : random.nextInt(5)) {
      case 0 -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        return "flipped";
      }
      case 1 -> {
        Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        return "cut";
      }
      case 2 -> {
        Files.write(file, new byte[bytes.length]);
        return "zeroed";
      }
      case 3 -> {
        Files.delete(file);
        return "deleted";
      }
      default -> {
        Files.delete(file);
        Files.createDirectory(file);
        return "made a directory";
      }
    }
  }

  private List<Finding> findings() throws IOException {
    List<Finding> findings = PondCheck.run(folder(), CheckMode.USUAL, Progress.NONE).findings();
    assertThat(findings)
        .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.STALE_SNAPSHOT));
    return findings;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
