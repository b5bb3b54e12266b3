package io.duckpond.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CheckMode;
import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondCheck;
import io.duckpond.PondSettings;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random paths are reverted to random states, amid other changes: what is below them is as it was,
 * nothing else has changed, and the tree is one.
 */
final class RevertProperties {
  private static final Path FOLDER = Path.of("/pond");

  @Test
  void whatIsRevertedIsAsItWasAndAllElseAsItIs() throws IOException {
    Harness harness = Harness.named("revert");
    int scripts = Harness.size(3, 300);
    for (int script = 0; script < scripts; script++) {
      Machine machine = Machine.with(new MemoryDisk());
      Map<NodeId, Long> versions = new HashMap<>();
      Map<String, String> last;
      try (Pond pond = Pond.create(machine, FOLDER, PondSettings.load(), CommitInfo.NONE)) {
        run(pond, harness, script, versions);
        last = Picture.of(pond.view().root()).byPath();
      }
      String at = harness.at("script " + script);
      try (Pond reopened = Pond.open(machine, FOLDER, PondSettings.load())) {
        WorkingDirectory root = reopened.view().root();
        assertThat(Picture.of(root).byPath()).as(at).isEqualTo(last);
        readAll(root, at);
      }
      assertThat(
              PondCheck.run(machine, FOLDER, CheckMode.DEEP, (what, count, bytes) -> {}).findings())
          .as(at)
          .noneMatch(io.duckpond.Finding::damage);
    }
    harness.count("scripts", scripts);
    System.getLogger(RevertProperties.class.getName())
        .log(System.Logger.Level.DEBUG, harness.report());
  }

  private static void run(Pond pond, Harness harness, int script, Map<NodeId, Long> versions)
      throws IOException {
    Random random = harness.random(script);
    RandomScript changes = new RandomScript(random);
    for (int step = 0; step < 40; step++) {
      String at = harness.at("script " + script + " step " + step);
      if (random.nextInt(3) > 0) {
        pond.transact(changes::change, 1);
      } else {
        List<String> paths = new ArrayList<>();
        paths.add(random.nextInt(8) == 0 ? "/" : changes.path());
        if (random.nextInt(3) == 0) {
          paths.add(changes.path());
        }
        long to = 1 + random.nextInt((int) pond.view().txnSeq());
        boolean amid = random.nextInt(3) == 0;
        pond.transact(
            root -> {
              if (amid) {
                changes.change(root);
              }
              return revert(pond, root, paths, to, at + " revert " + paths + " to " + to, harness);
            },
            1);
      }
      demandGrowing(pond, versions, at);
    }
  }

  private static boolean revert(
      Pond pond, WorkingDirectory root, List<String> paths, long to, String at, Harness harness)
      throws IOException {
    Map<String, String> before = Picture.of(root).byPath();
    Map<String, String> then = Picture.of(pond.asOf(to).root()).byPath();
    try {
      root.revert(paths, pond.asOf(to));
    } catch (NoSuchFileException | NotDirectoryException refused) {
      assertThat(Picture.of(root).byPath()).as(at).isEqualTo(before);
      harness.count("refused", 1);
      return false;
    }
    harness.count("reverts", 1);

    Map<String, String> after = Picture.of(root).byPath();

    assertThat(within(after, paths)).as(at).isEqualTo(within(then, paths));
    Map<String, String> others = outside(after, paths);
    others.keySet().removeIf(path -> !before.containsKey(path) && leadsTo(path, paths));
    assertThat(others).as(at).isEqualTo(outside(before, paths));
    assertThat(root.walk("/").values().stream().map(Entry::child)).as(at).doesNotHaveDuplicates();
    readAll(root, at);
    return true;
  }

  private static void readAll(WorkingDirectory root, String at) throws IOException {
    for (Map.Entry<String, Entry> node : root.walk("/").entrySet()) {
      if (node.getValue() instanceof Entry.File file) {
        assertThat(root.readBytes("/" + node.getKey())).as(at).hasSize((int) file.size());
      }
    }
  }

  /** One version of a file has one content, and its numbers only grow. */
  private static void demandGrowing(Pond pond, Map<NodeId, Long> versions, String at)
      throws IOException {
    for (Entry entry : pond.view().root().walk("/").values()) {
      assertThat(entry.version())
          .as(at + " " + entry)
          .isGreaterThanOrEqualTo(versions.getOrDefault(entry.child(), 1L));
      versions.put(entry.child(), entry.version());
    }
  }

  private static boolean leadsTo(String path, List<String> paths) {
    return paths.stream().anyMatch(reverted -> reverted.startsWith(path + "/"));
  }

  private static Map<String, String> within(Map<String, String> all, List<String> tops) {
    Map<String, String> chosen = new TreeMap<>(all);
    chosen.keySet().removeIf(path -> tops.stream().noneMatch(top -> Item.isWithin(path, top)));
    return chosen;
  }

  private static Map<String, String> outside(Map<String, String> all, List<String> tops) {
    Map<String, String> chosen = new TreeMap<>(all);
    chosen.keySet().removeIf(path -> tops.stream().anyMatch(top -> Item.isWithin(path, top)));
    return chosen;
  }
}
