package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pond diff} prints. Transactions: 1 init, 2 all is made, 3 it changes, 4 nothing. */
class DiffVerbTest {
  @TempDir private static Path folder;
  private static CommandLineFixture pond;

  @BeforeAll
  static void makeHistory() {
    pond = CommandLineFixture.withPond(folder.resolve("pond"));
    shell("mkdir -p /d/sub\nmkdir /e\ntouch /d/sub/f\ntouch /d/g\nln -s a /l\nsync\n");
    shell(
        """
        mv /d/sub /e/moved
        touch /e/moved/n
        rm /d/g
        mkdir /d/g
        rm /l
        ln -s b /l
        sync
        """);
    assertThat(pond.run("mkdir", "/late").exitCode()).isZero();
  }

  private static void shell(String lines) {
    assertThat(pond.runWithInput(lines, "shell").exitCode()).isZero();
  }

  @Test
  void eachChangeIsALineInPathOrder() {
    Result result = pond.run("diff", "2", "3");

    assertThat(result.out().replaceAll(", mode|, modified", ""))
        .isEqualTo(
            """
            changed  /d/g  (type)
            moved    /d/sub -> /e/moved
            added    /e/moved/n
            changed  /l  (target)
            """);
    assertThat(result.err()).isEqualTo("4 differences\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void theOtherWayRoundItIsTheReverse() {
    assertThat(pond.run("diff", "-q", "3", "2").out())
        .contains("moved    /e/moved -> /d/sub\n", "removed  /e/moved/n\n");
  }

  @Test
  void equalStatesAreExitCode0() {
    Result result = pond.run("diff", "4", "now");

    assertThat(result).isEqualTo(new Result(0, "", "0 differences\n"));
  }

  @Test
  void aPathNarrowsItAndNeedBeInOneStateOnly() {
    assertThat(pond.run("diff", "-q", "2", "now", "/late").out()).isEqualTo("added    /late\n");
    assertThat(pond.run("diff", "-q", "2", "3", "/d/sub").out())
        .isEqualTo("moved    /d/sub -> /e/moved\n");
    assertThat(pond.run("diff", "2", "2", "/l").exitCode()).isZero();
    pond.run("diff", "2", "3", "/nowhere").fails(1, "pond: /nowhere: no such file\n");
  }

  @Test
  void jsonIsAnObjectALine() {
    assertThat(pond.run("diff", "--json", "3", "4").out())
        .startsWith(
            "{\"change\":\"added\",\"path\":\"/late\",\"moved_from\":null,\"changes\":[],"
                + "\"before\":null,\"after\":{\"path\":\"/late\",\"name\":\"late\",")
        .containsOnlyOnce("\n");
  }

  @Test
  void statesThatAreNotThereAreRefused() {
    pond.run("diff", "1", "9").fails(1, "pond: transaction 9: there is none; the newest is 4\n");
    assertThat(pond.run("diff", "1", "/d").exitCode()).isEqualTo(2);
    assertThat(pond.run("diff", "1").exitCode()).isEqualTo(2);
    pond.run("diff", "1", "2", "--as-of", "3")
        .fails(2, "pond: diff: names its two states itself, without --as-of\n");
  }
}
