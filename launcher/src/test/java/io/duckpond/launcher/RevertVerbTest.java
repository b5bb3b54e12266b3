package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bringing paths back. Transactions: 1 init, 2 /d/f and the link, 3 its second version, 4 rm. */
class RevertVerbTest {
  private static final int LARGE = 100_000;

  @TempDir private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void makeHistory() throws IOException {
    pond = CommandLineFixture.withPond(folder.resolve("pond"));
    Path host = Files.createDirectories(folder.resolve("d"));
    Files.writeString(host.resolve("f"), "one");
    Files.writeString(host.resolve("large"), "x".repeat(LARGE));
    Files.createSymbolicLink(host.resolve("l"), Path.of("f"));
    assertThat(pond.run("copy", host.toString(), "pond:/").exitCode()).isZero();
    assertThat(pond.runWithInput("two!", "put", "/d/f").exitCode()).isZero();
    pond.run("rm", "-r", "/d").ok();
  }

  @Test
  void whatWasRemovedComesBackAndGoesOn() throws IOException {
    Result reverted = pond.run("revert", "/d", "--to", "2", "-m", "undelete");

    assertThat(reverted).isEqualTo(new Result(0, "", "reverted to transaction 2; transaction 5\n"));
    assertThat(pond.run("cat", "/d/l").ok()).isEqualTo("one");
    assertThat(pond.run("cat", "--version", "2", "/d/f").ok()).isEqualTo("two!");
    assertThat(pond.run("cat", "--version", "3", "/d/f").ok()).isEqualTo("one");
    assertThat(pond.run("cat", "/d/large").ok()).hasSize(LARGE);
    assertThat(pond.run("diff", "2", "now").exitCode()).isZero();
    assertThat(pond.run("log", "-n", "1").ok()).contains("revert /d --to 2\n    undelete\n");
    assertThat(pond.run("fsck", "--deep").exitCode()).isZero();
    assertThat(large()).isEqualTo(1);
  }

  private long large() throws IOException {
    try (var files = Files.walk(folder.resolve("pond").resolve("contents"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aFileGetsANewVersionWithOldBytes() {
    assertThat(pond.run("revert", "/d", "--to", "3", "-q").ok()).isEmpty();

    assertThat(pond.run("revert", "/d/f", "--to", "2", "--json").ok())
        .startsWith("{\"state\":\"committed\",\"txn_seq\":6,");

    assertThat(pond.run("stat", "/d/f").ok()).contains("version   3\n");
    assertThat(pond.run("cat", "/d/f").ok()).isEqualTo("one");
  }

  @Test
  void whatWasNotThereGoes() {
    assertThat(pond.run("mkdir", "-p", "/new/below").exitCode()).isZero();

    assertThat(pond.run("revert", "/new", "--to", "4").exitCode()).isZero();

    assertThat(pond.run("ls").ok()).isEmpty();
  }

  @Test
  void wholePondsComeBackAsOne() {
    assertThat(pond.run("revert", "/", "--to", "3").exitCode()).isZero();

    assertThat(pond.run("diff", "3", "now").exitCode()).isZero();
  }

  @Test
  void whatIsAsItWasIsNoTransaction() {
    assertThat(pond.run("revert", "/", "--to", "4"))
        .isEqualTo(new Result(0, "", "nothing to revert\n"));
    assertThat(pond.run("revert", "/", "--to", "4", "--json").ok())
        .startsWith("{\"state\":\"unchanged\"");
  }

  @Test
  void dryRunsOnlySayWhatWouldChange() {
    Result told = pond.run("revert", "/d/f", "--to", "3", "--dry-run");

    assertThat(told).isEqualTo(new Result(0, "/d\n/d/f\n", "would revert 2 paths\n"));
    assertThat(pond.run("ls").ok()).isEmpty();
  }

  @Test
  void inTheShellItStaysPending() {
    Result result = pond.runWithInput("revert /d --to 3\nls\nrollback\nls\n", "shell");

    assertThat(result.out()).isEqualTo("d\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    pond.run("revert", "/never", "--to", "2").fails(1, "pond: /never: no such file\n");
    pond.run("revert", "/d", "--to", "9")
        .fails(1, "pond: transaction 9: there is none; the newest is 4\n");
    assertThat(pond.run("revert", "/d").exitCode()).isEqualTo(2);
    assertThat(pond.run("revert", "--to", "2").exitCode()).isEqualTo(2);
    pond.run("revert", "/d", "--to", "2", "--as-of", "2")
        .fails(2, "pond: revert: --as-of is for verbs that read\n");
    assertThat(pond.run("touch", "/d").exitCode()).isZero();
    pond.run("revert", "/d/f", "--to", "2").fails(1, "pond: /d: not a directory\n");
  }
}
