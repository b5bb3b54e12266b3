package io.duckpond;

import static io.duckpond.FiveTransactions.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PondCheckTest {
  @TempDir private Path temporary;

  private Path folder;

  @BeforeEach
  void makePond() throws IOException {
    folder = temporary.resolve("pond");
    FiveTransactions.make(folder);
  }

  private CheckReport check(CheckMode mode) throws IOException {
    return PondCheck.run(folder, mode, Progress.NONE);
  }

  private List<String> lines(CheckMode mode) throws IOException {
    return check(mode).findings().stream().map(PondCheckTest::line).toList();
  }

  private static String line(Finding finding) {
    return (finding.damage() ? "" : "(")
        + finding.kind().storedName()
        + " "
        + finding.subject()
        + (finding.affects().isEmpty() ? "" : " affects " + String.join(", ", finding.affects()));
  }

  private Path entry(long version) {
    return folder.resolve(String.format("oplog/_delta_log/%020d.json", version));
  }

  private Path dataFile(long version) throws IOException {
    String entry = Files.readString(entry(version));
    int name = entry.indexOf("flush-");
    return folder.resolve("oplog/" + entry.substring(name, entry.indexOf(".parquet", name) + 8));
  }

  private Path large(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("contents"))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("[0-9a-f]{64}" + suffix))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void healthyPondHasNoFindingsAndTheContentRootOfItsTree() throws Exception {
    CheckReport usual = check(CheckMode.USUAL);
    CheckReport deep = check(CheckMode.DEEP);

    assertThat(usual.findings()).isEmpty();
    assertThat(deep.findings()).isEmpty();
    assertThat(deep.txnSeq()).isEqualTo(5);
    assertThat(deep.bytes()).isGreaterThan(FiveTransactions.LARGE);
    try (Pond pond = Pond.open(folder)) {
      RestoreReport restored = pond.restore(RestoreMode.VERIFY, Progress.NONE);
      assertThat(usual.contentRoot()).contains(restored.contentRoot());
      assertThat(deep.contentRoot()).contains(restored.contentRoot());
      assertThat(deep.events()).isEqualTo(restored.events());
      assertThat(deep.partitions()).isEqualTo(restored.partitions());
    }
  }

  @Test
  void folderWithoutAPondIsRefused() throws Exception {
    Files.createDirectory(temporary.resolve("empty"));
    for (String name : new String[] {"empty", "none"}) {
      assertThatThrownBy(
              () -> PondCheck.run(temporary.resolve(name), CheckMode.USUAL, Progress.NONE))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("no pond there");
    }
  }

  @Test
  void pondThatCannotBeOpenedIsChecked() throws Exception {
    byte[] bytes = Files.readAllBytes(entry(5));
    Files.write(entry(5), Arrays.copyOf(bytes, bytes.length / 2));

    CheckReport report = check(CheckMode.DEEP);
    assertThat(report.findings().stream().map(PondCheckTest::line))
        .contains("torn oplog/_delta_log/00000000000000000005.json");
    assertThat(report.txnSeq()).isEqualTo(4);
  }

  @Test
  void missingDataFileNamesWhatItAffects() throws Exception {
    Path lost = dataFile(2);
    Files.delete(lost);

    assertThat(lines(CheckMode.USUAL))
        .anyMatch(
            line ->
                line.startsWith("missing oplog/")
                    && line.contains("affects perhaps /, perhaps directory "));
    assertThat(lines(CheckMode.DEEP))
        .anyMatch(line -> line.startsWith("missing oplog/" + lost.getFileName()))
        .anyMatch(line -> line.startsWith("bad-directory"));
    assertThat(check(CheckMode.DEEP).contentRoot()).isEmpty();
  }

  @Test
  void flippedDataFileIsFoundByReadingItAndNamesThePathsInIt() throws Exception {
    Path flipped = dataFile(4);
    flip(flipped);

    for (CheckMode mode : CheckMode.values()) {
      assertThat(lines(mode))
          .anyMatch(
              line ->
                  line.contains(" oplog/" + flipped.getFileName())
                      && line.matches(".* affects (perhaps )?/a"))
          .anyMatch(
              line -> line.startsWith("bad-directory") && line.matches(".* affects (perhaps )?/a"))
          .hasSize(2);
    }
  }

  @Test
  void contentThatIsMissingShorterOrFlippedNamesItsPath() throws Exception {
    Path content = large("");
    byte[] bytes = Files.readAllBytes(content);
    String subject = folder.relativize(content) + " affects /large (version 1)";

    flip(content);
    assertThat(lines(CheckMode.DEEP)).containsExactly("flipped " + subject);
    assertThat(lines(CheckMode.USUAL)).isEmpty();
    Files.write(content, Arrays.copyOf(bytes, 5));
    assertThat(lines(CheckMode.USUAL)).containsExactly("wrong-size " + subject);
    Files.delete(content);
    assertThat(lines(CheckMode.USUAL)).containsExactly("missing " + subject);
    Files.write(content, bytes);

    flip(large(".blocks"));
    assertThat(lines(CheckMode.DEEP))
        .containsExactly(
            "flipped " + folder.relativize(large(".blocks")) + " affects /large (version 1)");
  }

  @Test
  void contentOfAnEarlierStateIsMissedToo() throws Exception {
    try (Pond pond = Pond.open(folder)) {
      commit(pond, root -> root.remove("/large"));
    }
    Files.delete(large(""));
    assertThat(lines(CheckMode.USUAL))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("an earlier state: version 1 of file"));
  }

  @Test
  void leftoversAreNotedAndNoDamage() throws Exception {
    Files.writeString(folder.resolve("contents/tmp-1-0"), "half");
    Files.createDirectories(folder.resolve("contents/ab"));
    Files.writeString(folder.resolve("contents/ab/" + "ab".repeat(32)), "nobody's");
    Files.writeString(folder.resolve("contents/odd"), "odd");
    Files.writeString(folder.resolve("oplog/flush-x.parquet"), "half");
    Files.writeString(folder.resolve(".link-probe-1"), "");
    Files.createDirectories(folder.resolve("snapshots/x"));
    Files.writeString(folder.resolve("a user's file"), "");

    assertThat(lines(CheckMode.DEEP))
        .containsExactly(
            "(orphan oplog/flush-x.parquet",
            "(orphan contents/ab/" + "ab".repeat(32),
            "(orphan contents/odd",
            "(temporary contents/tmp-1-0",
            "(temporary .link-probe-1",
            "(stale-snapshot snapshots");
    assertThat(check(CheckMode.USUAL).damaged()).isFalse();
  }
}
