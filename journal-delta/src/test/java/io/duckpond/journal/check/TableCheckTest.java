package io.duckpond.journal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableCheckTest {
  @TempDir private Path directory;

  private Scene scene(int flushes) throws IOException {
    return Scene.of(Machine.real(), directory.resolve("t"), flushes);
  }

  private static String entry(long version) {
    return String.format("_delta_log/%020d.json", version);
  }

  private static String checkpoint(long version) {
    return String.format("_delta_log/%020d.checkpoint.parquet", version);
  }

  @Test
  void healthyTableHasNoFindings() throws Exception {
    Scene scene = scene(5);
    TableReport report = scene.check(CheckDepth.EVERY_BYTE);
    assertThat(report.findings()).isEmpty();
    assertThat(report.txnSeq()).isEqualTo(5);
    assertThat(report.entries()).isEqualTo(6);
    assertThat(report.files()).isEqualTo(5);
    assertThat(report.bytes()).isPositive();
    assertThat(report.logIsSound()).isTrue();
  }

  @Test
  void tableWithCheckpointsHasNoFindings() throws Exception {
    Scene scene = scene(205);
    assertThat(scene.checkpoint(100)).exists();
    assertThat(scene.findings()).isEmpty();
  }

  @Test
  void folderWithoutALogIsNoTable() {
    assertThatThrownBy(() -> new TableCheck(Machine.real(), directory).run(Runnable::run, 1))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(
            () -> new TableCheck(Machine.real(), directory.resolve("none")).run(Runnable::run, 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void emptyAndCutEntriesAreTorn() throws Exception {
    for (long version : new long[] {0, 2, 4}) {
      Scene scene = Scene.of(Machine.real(), directory.resolve("t" + version), 4);
      byte[] bytes = Files.readAllBytes(scene.entry(version));
      for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
        Files.write(scene.entry(version), bytes);
        Scene.cut(scene.entry(version), length);
        String before = scene.fingerprint();
        assertThat(scene.findings()).contains("torn " + entry(version));
        assertThat(scene.check(CheckDepth.LOG).txnSeq()).isEqualTo(Math.max(0, version - 1));
        assertThat(scene.fingerprint()).isEqualTo(before);
      }
      String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
      Files.writeString(
          scene.entry(version), text.substring(0, text.lastIndexOf("{\"io.duckpond.trailer")));
      assertThat(scene.findings()).contains("torn " + entry(version));
    }
  }

  @Test
  void flippedEntryIsNamedAndTheRestIsStillLookedAt() throws Exception {
    Scene scene = scene(4);
    Scene.flip(scene.entry(2));
    Files.delete(scene.dataFile(1));
    assertThat(scene.findings().get(0)).isEqualTo("flipped " + entry(2));
    assertThat(scene.findings()).anyMatch(line -> line.startsWith("missing flush-"));
  }

  @Test
  void missingEntryIsAGap() throws Exception {
    Scene scene = scene(4);
    Files.delete(scene.entry(2));
    assertThat(scene.findings()).contains("gap " + entry(2));
    Files.delete(scene.entry(1));
    assertThat(scene.findings()).contains("gap " + entry(1) + " to 2");
    Files.delete(scene.entry(0));
    assertThat(scene.findings()).contains("gap " + entry(0) + " to 2");
    assertThat(scene.check(CheckDepth.LOG).txnSeq()).isZero();
  }

  @Test
  void entryFromElsewhereBreaksTheChain() throws Exception {
    Scene scene = scene(4);
    Scene other = Scene.of(Machine.real(), directory.resolve("other"), 4);
    Files.write(scene.entry(3), Files.readAllBytes(other.entry(3)));
    assertThat(scene.findings()).contains("broken-chain " + entry(3));
    assertThat(scene.check(CheckDepth.LOG).findings())
        .anyMatch(finding -> finding.found().endsWith(" in " + entry(2)));
    assertThat(scene.check(CheckDepth.LOG).txnSeq()).isEqualTo(2);
  }

  @Test
  void commitOfAnotherProgramIsNamed() throws Exception {
    Scene scene = scene(2);
    Files.writeString(
        scene.entry(3), "{\"commitInfo\":{\"timestamp\":1,\"engineInfo\":\"other-engine/1\"}}\n");
    assertThat(scene.findings()).containsExactly("foreign-commit " + entry(3));
    assertThat(scene.check(CheckDepth.LOG).findings().get(0).found()).contains("other-engine/1");
  }

  @Test
  void dataFileThatIsMissingShorterOrFlippedIsNamedWithItsTransactions() throws Exception {
    for (long version : new long[] {1, 2, 4}) {
      Scene scene = Scene.of(Machine.real(), directory.resolve("t" + version), 4);
      Path file = scene.dataFile(version);
      byte[] bytes = Files.readAllBytes(file);
      String name = String.valueOf(file.getFileName());

      Scene.flip(file);
      assertThat(scene.findings()).contains("flipped " + name);
      assertThat(scene.check(CheckDepth.LOG).findings()).isEmpty();
      Scene.cut(file, bytes.length - 1);
      assertThat(scene.findings()).contains("wrong-size " + name);
      Files.delete(file);
      assertThat(scene.findings()).contains("missing " + name);
      TableReport report = scene.check(CheckDepth.LOG);
      assertThat(report.findings()).hasSize(1);
      assertThat(report.findings().get(0).advice()).contains("transaction " + version);
      assertThat(report.damagedFiles().get(0).mayHold("p" + version, 1)).isTrue();
    }
  }

  @Test
  void badCheckpointAndHintAreNamedButTheLogStaysSound() throws Exception {
    Scene scene = scene(102);
    byte[] bytes = Files.readAllBytes(scene.checkpoint(100));
    Scene.cut(scene.checkpoint(100), bytes.length / 2);
    Files.writeString(scene.log().resolve("_last_checkpoint"), "garbage");
    assertThat(scene.findings())
        .containsExactly(
            "bad-checkpoint " + checkpoint(100), "bad-last-checkpoint _delta_log/_last_checkpoint");
    assertThat(scene.check(CheckDepth.LOG).logIsSound()).isTrue();
    Files.writeString(scene.log().resolve("_last_checkpoint"), "{\"version\":50}");
    assertThat(scene.findings()).contains("bad-last-checkpoint _delta_log/_last_checkpoint");
  }

  @Test
  void checkpointOfAnotherTableIsBad() throws Exception {
    Scene scene = scene(100);
    Scene other = Scene.of(Machine.real(), directory.resolve("other"), 100);
    Files.write(scene.checkpoint(100), Files.readAllBytes(other.checkpoint(100)));
    assertThat(scene.findings()).containsExactly("bad-checkpoint " + checkpoint(100));
  }

  @Test
  void whatACheckpointCoversIsNotNeeded() throws Exception {
    Scene scene = scene(105);
    Files.delete(scene.entry(50));
    assertThat(scene.findings()).containsExactly("(gap " + entry(50));
    for (int version = 0; version < 50; version++) {
      Files.delete(scene.entry(version));
    }
    assertThat(scene.findings()).isEmpty();
    assertThat(scene.check(CheckDepth.LOG).txnSeq()).isEqualTo(105);
    Scene.flip(scene.entry(70));
    assertThat(scene.findings()).containsExactly("flipped " + entry(70));
    assertThat(scene.check(CheckDepth.LOG).logIsSound()).isTrue();
    Files.delete(scene.entry(103));
    assertThat(scene.findings()).contains("gap " + entry(103));
    assertThat(scene.check(CheckDepth.LOG).txnSeq()).isEqualTo(102);
  }

  @Test
  void leftoversAreNoDamage() throws Exception {
    Scene scene = scene(2);
    Files.writeString(scene.table().resolve("flush-never.parquet"), "half");
    Files.writeString(scene.log().resolve("." + scene.entry(3).getFileName() + ".x.tmp"), "half");
    Files.writeString(scene.log().resolve("00000000000000009999.crc"), "{}");
    Files.createDirectory(scene.table().resolve("folder"));
    assertThat(scene.findings())
        .containsExactly(
            "(temporary _delta_log/.00000000000000000003.json.x.tmp",
            "(stale-crc _delta_log/00000000000000009999.crc",
            "(orphan flush-never.parquet",
            "(orphan folder");
    assertThat(scene.check(CheckDepth.LOG).damaged()).isFalse();
  }
}
