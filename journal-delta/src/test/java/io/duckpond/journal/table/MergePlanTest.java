package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MergePlanTest {
  @Test
  void theTenthFileMakesARun() {
    assertThat(due(files("000000000"), 10)).isEqualTo("nothing");
    assertThat(due(files("0000000000"), 10)).isEqualTo("0-9 to 1");
    assertThat(due(files("100000"), 3)).isEqualTo("1-5 to 1");
  }

  @Test
  void aRunThatCompletesTheLevelAboveIsMadeAtOnce() {
    assertThat(due(files("11000"), 3)).isEqualTo("0-4 to 2");
    assertThat(due(files("2211000"), 3)).isEqualTo("0-6 to 3");
    assertThat(due(files("211000"), 3)).isEqualTo("1-5 to 2");
  }

  @Test
  void fullLevelsAboveAnUnfinishedOneAreFound() {
    assertThat(due(files("111100"), 3)).isEqualTo("0-3 to 2");
    assertThat(due(files("22110"), 3)).isEqualTo("nothing");
  }

  @Test
  void noMoreRunsAreReadAtATimeThanMemoryAllows() {
    List<DataFile> files = files("0".repeat(1000), 200_000);
    assertThat(due(files, 10)).isEqualTo("0-31 to 1");
    assertThat(due(files("1".repeat(9) + "0".repeat(100), 200_000), 10)).isEqualTo("9-40 to 1");
  }

  @Test
  void manySmallRunsAreMergedAtOnce() {
    assertThat(due(files("0".repeat(60)), 10)).isEqualTo("0-59 to 1");
    assertThat(due(files("0".repeat(1000)), 10)).isEqualTo("0-127 to 1");
    assertThat(due(files("0".repeat(1000), 1 << 16), 10)).isEqualTo("0-63 to 1");
  }

  @Test
  void aLargeFileIsNotWrittenAgainForTheSakeOfSmallOnes() {
    List<DataFile> files = new ArrayList<>(files("0", 50 << 20));
    files.addAll(files("0".repeat(9)));
    assertThat(due(files, 10)).isEqualTo("nothing");

    files.addAll(files("0"));
    assertThat(due(files, 10)).isEqualTo("1-10 to 1");
  }

  @Test
  void tenLargeFilesMakeARun() {
    assertThat(due(files("0".repeat(9), 1 << 20), 10)).isEqualTo("nothing");
    assertThat(due(files("0".repeat(10), 1 << 20), 10)).isEqualTo("0-9 to 2");
  }

  @Test
  void smallFilesBetweenLargeOnesAreMergedWithThem() {
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      files.addAll(files("000"));
      files.addAll(files("0", 1 << 20));
    }
    assertThat(due(files, 10)).isEqualTo("0-11 to 2");
  }

  @Test
  void stagedAttachmentsAreLeftWhereTheyAre() {
    List<DataFile> files = new ArrayList<>(files("000"));
    files.add(1, file(7, 0, Optional.empty(), true));
    MergePlan plan = MergePlan.due(files, 3).orElseThrow();
    assertThat(plan.inputs()).hasSize(3).noneMatch(file -> file.assigned().isPresent());
  }

  @Test
  void filesOfOneRunCountAsOne() {
    Optional<Run> run = Optional.of(new Run(1, "x"));
    List<DataFile> files =
        List.of(
            file(0, 1, run, false),
            file(1, 1, run, false),
            file(2, 0, Optional.empty(), false),
            file(3, 0, Optional.empty(), false));
    assertThat(MergePlan.due(files, 3)).isEmpty();
    assertThat(MergePlan.all(files).orElseThrow().runs()).hasSize(3);
    assertThat(MergePlan.all(files.subList(0, 2))).isEmpty();
  }

  @Test
  void allFilesBecomeOneRunInSteps() {
    List<DataFile> files = new ArrayList<>(files("3221" + "0".repeat(200)));
    int steps = 0;
    for (Optional<MergePlan> plan = MergePlan.all(files);
        plan.isPresent();
        plan = MergePlan.all(files)) {
      List<DataFile> inputs = plan.get().inputs();
      int at = files.indexOf(inputs.get(0));
      assertThat(files.subList(at, at + inputs.size())).isEqualTo(inputs);
      files.removeAll(inputs);
      files.add(at, file(at, 0, Optional.of(new Run(plan.get().level(), "m" + steps)), false));
      steps++;
      assertThat(steps).isLessThan(20);
    }
    assertThat(files).hasSize(1);
  }

  private static String due(List<DataFile> files, int fanIn) {
    return MergePlan.due(files, fanIn)
        .map(
            plan -> {
              List<DataFile> inputs = plan.inputs();
              int from = files.indexOf(inputs.get(0));
              assertThat(files.subList(from, from + inputs.size())).isEqualTo(inputs);
              return from + "-" + (from + inputs.size() - 1) + " to " + plan.level();
            })
        .orElse("nothing");
  }

  /** A digit is a run of that level. */
  private static List<DataFile> files(String levels) {
    return files(levels, 1);
  }

  private static List<DataFile> files(String levels, long size) {
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < levels.length(); i++) {
      int level = levels.charAt(i) - '0';
      Optional<Run> run = level == 0 ? Optional.empty() : Optional.of(new Run(level, "r" + i));
      files.add(file(i, size, "f" + i + "-" + level, run, false));
    }
    return files;
  }

  private static DataFile file(long version, int level, Optional<Run> run, boolean staged) {
    return file(version, 1, "f" + version + "-" + level + staged, run, staged);
  }

  private static DataFile file(
      long version, long size, String name, Optional<Run> run, boolean staged) {
    return new DataFile(
        name,
        size,
        new KeyRange(
            Optional.empty(),
            staged ? Set.of(RecordKind.ATTACHMENT) : Set.of(RecordKind.EVENT),
            0,
            Long.MAX_VALUE,
            0,
            Long.MAX_VALUE),
        Optional.empty(),
        Optional.of(Sha256.ZERO),
        Optional.empty(),
        staged ? Optional.of(new DataFile.Assigned(1, 1)) : Optional.empty(),
        new DataFile.Position(version, 0),
        run);
  }
}
