package io.duckpond.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Differences found through the log are those that walking both trees shows. */
final class DiffProperties {
  private static final Path FOLDER = Path.of("/pond");

  @Test
  void differencesAreWhatWalkingBothTreesShows() throws IOException {
    Harness harness = Harness.named("diff");
    int scripts = Harness.size(2, 200);
    for (int script = 0; script < scripts; script++) {
      Random random = harness.random(script);
      Machine machine = Machine.with(new MemoryDisk());
      List<Picture> states = new ArrayList<>();
      try (Pond pond = Pond.create(machine, FOLDER, PondSettings.load(), CommitInfo.NONE)) {
        states.add(Picture.of(pond.view().root()));
        RandomScript changes = new RandomScript(random);
        for (int step = 0; step < 30; step++) {
          long before = pond.view().txnSeq();
          pond.transact(changes::change, 1);
          if (pond.view().txnSeq() > before) {
            states.add(Picture.of(pond.view().root()));
          }
        }
        compare(pond, states, random, harness, script);
      }
      try (Pond reopened = Pond.open(machine, FOLDER, PondSettings.load())) {
        compare(reopened, states, random, harness, script);
      }
    }
    harness.count("scripts", scripts);
    System.getLogger(DiffProperties.class.getName())
        .log(System.Logger.Level.DEBUG, harness.report());
  }

  private static void compare(
      Pond pond, List<Picture> states, Random random, Harness harness, int script)
      throws IOException {
    for (int pair = 0; pair < 20; pair++) {
      int from = random.nextInt(states.size());
      int to = random.nextInt(states.size());
      String at = harness.at("script " + script + " diff " + (from + 1) + " " + (to + 1));

      List<Difference> found = pond.diff(pond.asOf(from + 1), pond.asOf(to + 1));

      assertThat(found.stream().map(DiffProperties::line).toList())
          .as(at)
          .containsExactlyInAnyOrderElementsOf(states.get(from).differencesTo(states.get(to)));
      assertThat(found.stream().map(Difference::path).toList())
          .as(at)
          .isSortedAccordingTo(DiffProperties::comparePaths);
      harness.count("diffs", 1);
      harness.count("differences", found.size());
    }
  }

  private static int comparePaths(String leftPath, String rightPath) {
    List<String> left = List.of(leftPath.split("/"));
    List<String> right = List.of(rightPath.split("/"));
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!left.get(i).equals(right.get(i))) {
        return left.get(i).compareTo(right.get(i));
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static String line(Difference found) {
    TreeSet<String> changes = new TreeSet<>();
    found.changes().forEach(change -> changes.add(change.name()));
    return found.kind()
        + " "
        + found.movedFrom().map(from -> from + " -> ").orElse("")
        + found.path()
        + " "
        + changes;
  }
}
