package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs from standard input, on one workspace. */
class ShellTest {
  @TempDir private Path temporary;
  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void createPond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
  }

  @Test
  void changesArePendingUntilTheyAreSynced() throws IOException {
    long commits = deltaCommits();

    Result result =
        pond.runWithInput(
            """
            begin
            touch /A
            ln -s /A /B   # a link
            status
            query --format csv --pending "select count(*) from oplog_entries where file_type <> 'directory'"
            query --format csv "select count(*) from oplog_entries where file_type <> 'directory'"
            sync
            query --format csv "select count(*) from oplog_entries where file_type <> 'directory'"
            status
            """,
            "shell");

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(lines(result.out(), "state", "dirty", "synced"))
        .containsExactly(
            "state     transaction 1, 2 dirty nodes",
            "dirty     /A",
            "dirty     /B",
            "synced 2 operations, 3 entries, 0 B in <n> ms: transaction 2",
            "state     transaction 2, clean");
    assertThat(result.out().lines().filter(line -> line.matches("\\d+")))
        .containsExactly("2", "0", "2");
    assertThat(deltaCommits()).isEqualTo(commits + 1);
    assertThat(pond.run("log", "-n", "1").ok()).contains("touch /A; ln -s /A /B\n");
  }

  @Test
  void aVerbThatFailsHalfWayLeavesNothingOfItselfPending() {
    Result result =
        pond.runWithInput(
            """
            touch /before
            mkdir -p /a/b
            rm /before /missing
            mkdir /c /a /d
            touch /after
            status
            sync
            ls /
            """,
            "shell");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(lines(result.out(), "dirty"))
        .containsExactly("dirty     /a", "dirty     /a/b", "dirty     /after", "dirty     /before");
    assertThat(pond.run("ls", "/").ok()).isEqualTo("a\nafter\nbefore\n");
    assertThat(pond.run("log", "-n", "1").ok()).doesNotContain("rm /before", "mkdir /c");
  }

  @Test
  void beginIsRefusedWhileChangesArePending() {
    Result result = pond.runWithInput("touch /A\nbegin\nrollback\nbegin\nls\n", "shell");

    result.fails(
        1,
        """
        pond: begin: 1 node changed and not synced
        hint: sync or rollback first
        """);
  }

  @Test
  void verbsAreAsQuietAsTheShell() {
    Result result =
        pond.runWithInput("mkdir /d\nquery 'select 1 as x'\nsync\nlog -n 1\n", "-q", "shell");

    assertThat(result.ok()).contains("mkdir /d").doesNotContain("--quiet", "--color");
  }

  @Test
  void whatIsNotSyncedIsDroppedAndSaidSo() {
    Result result = pond.runWithInput("touch /A\nls\n", "shell");

    assertThat(result.out()).isEqualTo("A\n");
    assertThat(result.err())
        .isEqualTo(
            """
            pond: shell: 1 node changed and not synced: the changes are dropped
            hint: end with sync to keep them, or with rollback if that was meant
            """);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(pond.run("ls").ok()).isEmpty();
  }

  @Test
  void theFirstFailureDecidesTheExitCodeAndEndsNothing() {
    Result result = pond.runWithInput("frobnicate\ncat /none\ntouch /A\nsync -q\nls\n", "shell");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).endsWith("transaction 2\nA\n");
    assertThat(result.err()).contains("pond: frobnicate: ", "pond: /none: no such file\n");
  }

  @Test
  void contentComesAsText() {
    Result result =
        pond.runWithInput(
            "put --text 'it is' \"/a b\"\nput /c\ncat '/a b'\nls --pending\ncommit\n", "shell");

    assertThat(result.out()).startsWith("it isa b\nsynced 1 operation, ");
    assertThat(result.err())
        .isEqualTo(
            """
            pond: put: standard input is the shell's commands
            hint: put --text 'words' /c
            """);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void exitLeavesAtOnceAndQuotesMustClose() {
    Result result = pond.runWithInput("cat '/a\nexit\nls\n", "shell");

    result.fails(2, "pond: cat '/a: no closing ' quote\n");
  }

  @Test
  void aFailedSyncLeavesEverythingPending() throws IOException {
    CommandLineFixture other = CommandLineFixture.bare().variable("POND", folder.toString());
    // Another writer's lock stands in the way of the first sync.
    Result result;
    try (HeldLock held = HeldLock.of(folder)) {
      result =
          pond.runWithInput(
              "touch /A\nsync --lock-wait 0\nstatus\nls\nrollback\n", "shell", "--lock-wait", "0");
      assertThat(held.isHeld()).isTrue();
    }

    assertThat(result.exitCode()).isEqualTo(75);
    assertThat(result.err()).startsWith("pond: sync: ");
    assertThat(result.out()).contains("state     transaction 1, 1 dirty node\ndirty     /A\n");
    assertThat(result.out()).endsWith("A\n");
    assertThat(other.run("ls").ok()).isEmpty();
  }

  private long deltaCommits() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("oplog/_delta_log"))) {
      return entries.filter(entry -> entry.toString().endsWith(".json")).count();
    }
  }

  private static List<String> lines(String printed, String... beginnings) {
    return printed
        .lines()
        .filter(line -> Stream.of(beginnings).anyMatch(line::startsWith))
        .map(line -> line.replaceAll("\\d+ ms", "<n> ms"))
        .toList();
  }
}
