package io.duckpond.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsckTest {
  @TempDir private Path temporary;

  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void makePond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
    pond.run("mkdir", "/a").ok();
    pond.run("put", "--text", "hello", "/a/f").ok();
  }

  private Path entry(long version) {
    return folder.resolve(String.format("oplog/_delta_log/%020d.json", version));
  }

  private void tear(long version) throws IOException {
    byte[] bytes = Files.readAllBytes(entry(version));
    Files.write(entry(version), Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  void healthyPondIsSummedUp() {
    assertThat(pond.run("fsck", "--deep").ok())
        .matches(
            """
            checked       transaction 3
            partitions    2
            events        4
            files         3
            bytes         \\d+ \\(.*\\)
            took          \\d+ ms
            content root  [0-9a-f]{64}
            result        no damage
            """);
  }

  @Test
  void tornNewestEntryIsNamedThoughNoOtherVerbCanOpenThePond() throws IOException {
    tear(3);
    assertThat(pond.run("ls").exitCode()).isEqualTo(65);

    Result result = pond.run("fsck");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("damage  torn  oplog/_delta_log/00000000000000000003.json: expected ")
        .contains("\nchecked       transaction 2\n")
        .contains("\nresult        1 damage");
    assertThat(result.err()).startsWith("hint: put the file back from a copy").hasLineCount(1);
    Result json = pond.run("fsck", "--json");
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(json.out())
        .startsWith("{\"intact\":false,\"deep\":false,\"txn_seq\":2,")
        .contains("\"findings\":[{\"kind\":\"torn\",\"damage\":true,");
  }

  @Test
  void leftoversAreNotesAndNoReasonToFail() throws IOException {
    Files.writeString(folder.resolve("oplog/flush-x.parquet"), "half");

    assertThat(pond.run("fsck").ok())
        .startsWith("note    orphan  oplog/flush-x.parquet: expected a log entry that lists it, ")
        .endsWith("result        no damage, 1 leftover\n");
  }

  @Test
  void whatIsPendingBesideItIsNoLeftoverUntilItsProcessIsGone() throws Exception {
    Path large = Files.write(temporary.resolve("large"), new byte[100_000]);
    try (JavaProcess shell = JavaProcess.pond(folder, "shell")) {
      BufferedReader said = shell.process().inputReader(UTF_8);
      BufferedWriter line = shell.process().outputWriter(UTF_8);
      line.append("copy " + large + " pond:/large\nls\n").flush();
      assertThat(List.of(said.readLine(), said.readLine())).containsExactly("a", "large");

      assertThat(pond.run("fsck").ok()).endsWith("result        no damage\n");
      assertThat(pond.run("fsck", "--repair").ok()).endsWith("result        no damage\n");
      shell.process().toHandle().destroyForcibly();
      int ended = shell.end();

      assertThat(ended).isEqualTo(128 + 9);
      assertThat(pond.run("fsck").ok())
          .startsWith("note    temporary  contents/.lease-")
          .contains("\nnote    orphan  contents/")
          .containsPattern("\nnote    temporary  contents/tmp-[-0-9a-f]+-taken-")
          .endsWith("result        no damage, 3 leftovers\n");
    }
  }

  @Test
  void withoutAPondItIsRefused() {
    String nowhere = temporary.resolve("nowhere").toString();
    pond.run("fsck", "--pond", nowhere).fails(1, "pond: " + nowhere + ": no pond there\n");
  }

  @Test
  void repairSaysWhatWouldBeLostAndGivesItUpOnlyIfTold() throws IOException {
    tear(3);

    Result refused = pond.run("fsck", "--repair");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out())
        .startsWith("would lose    transaction 3 and all after it\ndamage  torn");
    assertThat(refused.err())
        .startsWith("hint: pond fsck --repair --accept-loss gives these transactions up\n");

    String accepted = pond.run("fsck", "--repair", "--accept-loss").ok();
    assertThat(accepted)
        .contains("set aside     oplog/_delta_log/00000000000000000003.json\n")
        .contains("\nquarantine    " + folder.toRealPath() + "/quarantine/")
        .contains("\nlost          transaction 3 and all after it\n")
        .endsWith("result        no damage\n");
    assertThat(pond.run("ls", "/a").ok()).isEmpty();
    pond.run("touch", "/b").ok();
    assertThat(pond.run("fsck", "--deep", "--repair", "--json").ok())
        .startsWith("{\"intact\":true,")
        .contains("\"repair\":{\"moved\":[],\"quarantine\":null,\"cut\":false,\"loss\":null,");
  }

  @Test
  void lossIsAcceptedOnlyOfARepair() {
    pond.run("fsck", "--accept-loss")
        .fails(
            2,
            """
            pond: --accept-loss: goes with --repair only
            hint: pond fsck --help
            """);
  }

  @Test
  void repairNeedsThePondForItself() throws IOException {
    assertThat(pond.runWithInput("fsck\nfsck --repair\n", "shell").err())
        .contains("pond: fsck: a repair needs the pond for itself\n");
  }
}
