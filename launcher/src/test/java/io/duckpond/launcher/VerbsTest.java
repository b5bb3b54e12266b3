package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each verb prints, on a fresh pond. */
class VerbsTest {
  @TempDir private Path temporary;
  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void createPond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
  }

  @Test
  void initPrintsTheFolderAndHowToNameIt() {
    Path other = temporary.resolve("another pond");

    String printed = CommandLineFixture.bare().run("init", other.toString()).ok();

    assertThat(printed).isEqualTo(other + "\nexport POND='" + other + "'\n");
    assertThat(CommandLineFixture.bare().run("--pond", other.toString(), "ls").ok()).isEmpty();
    assertThat(CommandLineFixture.bare().run("ls", "--pond", other.toString()).ok()).isEmpty();
  }

  @Test
  void whatWasPutIsPrintedByCat() {
    pond.runWithInput("one\n", "put", "/notes.txt").ok();
    pond.runWithInput("two\n", "put", "notes.txt").ok();

    assertThat(pond.run("cat", "/notes.txt").ok()).isEqualTo("two\n");
    assertThat(pond.run("cat", "/notes.txt", "notes.txt").ok()).isEqualTo("two\ntwo\n");
    assertThat(pond.run("cat", "--range", "1:3", "/notes.txt").ok()).isEqualTo("wo");
    assertThat(pond.run("cat", "--range", "2:", "/notes.txt").ok()).isEqualTo("o\n");
    pond.run("cat", "--range", "3:1", "/notes.txt")
        .fails(
            2,
            """
            pond: --range: not a range of bytes: '3:1'
            hint: as in 0:100 or 5:
            """);
  }

  @Test
  void listsNamesAndDetails() {
    pond.run("mkdir", "/src").ok();
    pond.runWithInput("hello", "put", "/notes.txt").ok();
    pond.run("ln", "-s", "notes.txt", "/latest").ok();
    pond.run("touch", "/.hidden").ok();

    assertThat(pond.run("ls").ok()).isEqualTo("latest\nnotes.txt\nsrc\n");
    assertThat(pond.run("ls", "-a", "/").ok()).isEqualTo(".hidden\nlatest\nnotes.txt\nsrc\n");
    assertThat(pond.run("ls", "-0").ok()).isEqualTo("latest\0notes.txt\0src\0");
    assertThat(withoutTimes(pond.run("ls", "-l", "/").ok()))
        .isEqualTo(
            """
            l                -  v1  <time>  latest -> notes.txt
            - rw-r--r--      5  v1  <time>  notes.txt
            d rwxr-xr-x      -  v1  <time>  src
            """);
  }

  @Test
  void listsFilesAndManyDirectoriesByTheirPaths() {
    pond.run("mkdir", "-p", "/a/b", "/c").ok();
    pond.run("touch", "/a/f", "/a/b/g", "/c/h").ok();

    assertThat(pond.run("ls", "-R").ok()).isEqualTo("a\na/b\na/b/g\na/f\nc\nc/h\n");
    assertThat(pond.run("ls", "/a", "/c", "/a/f").ok()).isEqualTo("/a/b\n/a/f\n/c/h\n");
  }

  @Test
  void treeIsDrawnAndCountedApart() {
    pond.run("mkdir", "-p", "/a/b").ok();
    pond.run("touch", "/a/f", "/z").ok();
    pond.run("ln", "-s", "../z", "/a/l").ok();

    Result result = pond.run("tree");

    assertThat(result.out())
        .isEqualTo(
            """
            /
            ├── a
            │   ├── b
            │   ├── f
            │   └── l -> ../z
            └── z
            """);
    assertThat(result.err()).isEqualTo("2 directories, 3 files\n");
  }

  @Test
  void namesAreRawWhenPipedAndEscapedOnATerminal() {
    pond.run("touch", "/a\nb").ok();

    assertThat(pond.run("ls").ok()).isEqualTo("a\nb\n");
    assertThat(pond.terminal(Environment.Stream.OUT).run("ls", "--color", "never").ok())
        .isEqualTo("a\\nb\n");
    assertThat(pond.variable("NO_COLOR", "1").run("ls").ok()).isEqualTo("a\\nb\n");
  }

  @Test
  void moveReplacesAFileAndGoesIntoADirectory() {
    pond.run("put", "--text", "new", "/new").ok();
    pond.run("put", "--text", "old", "/old").ok();
    pond.run("mkdir", "/d").ok();

    pond.run("mv", "-n", "/new", "/old").fails(1, "pond: /old: exists already\n");
    pond.run("mv", "/new", "/old").ok();
    pond.run("mv", "/old", "/d").ok();

    assertThat(pond.run("ls", "-R").ok()).isEqualTo("d\nd/old\n");
    assertThat(pond.run("cat", "/d/old").ok()).isEqualTo("new");
    pond.run("mv", "/d", "/d/e").fails(1, "pond: /d: a directory cannot be moved into itself\n");
  }

  @Test
  void removingDirectoriesMustBeAskedFor() {
    pond.run("mkdir", "-p", "/d/e").ok();
    pond.run("touch", "/d/e/f", "/g").ok();

    pond.run("rm", "/d/e")
        .fails(
            1,
            """
            pond: /d/e: is a directory
            hint: rm -r removes it with all below it
            """);
    pond.run("rm", "-r", "/").fails(1, "pond: /: the root directory cannot be removed\n");
    pond.run("rm", "/none").fails(1, "pond: /none: no such file\n");
    pond.run("rm", "-f", "/none").ok();
    pond.run("rm", "-r", "/d", "/g").ok();

    assertThat(pond.run("ls").ok()).isEmpty();
  }

  @Test
  void whatChangesNothingIsNoTransaction() {
    pond.run("mkdir", "-p", "/a").ok();
    String before = pond.run("log").ok();

    pond.run("mkdir", "-p", "/a").ok();
    pond.run("rm", "-f", "/none").ok();

    assertThat(pond.run("log").ok()).isEqualTo(before);
    assertThat(pond.run("sync").ok()).isEqualTo("nothing to sync\n");
  }

  @Test
  void aVerbIsOneTransactionWithItsMessage() {
    pond.run("touch", "-m", "three at once", "/a", "/b", "/c").ok();

    assertThat(pond.run("log", "-n", "1").ok())
        .startsWith("transaction 2  ")
        .contains("touch /a /b /c\n    three at once\n    3 operations, 1 partition, ");
  }

  @Test
  void aVerbThatFailsHalfWayChangesNothing() {
    pond.run("touch", "/a", "/none/b").fails(1, "pond: /none/b: no such file\n");

    assertThat(pond.run("ls").ok()).isEmpty();
    assertThat(pond.run("log").ok()).startsWith("transaction 1  ");
  }

  @Test
  void statusCountsWhatIsThere() {
    pond.run("mkdir", "/d").ok();
    pond.run("touch", "/d/f").ok();
    pond.run("ln", "-s", "f", "/d/l").ok();

    String printed = withoutTimes(pond.run("status").ok());

    assertThat(printed.replaceAll("id [0-9a-f-]+", "id <id>").replaceAll("[0-9.]+ kB", "<size>"))
        .isEqualTo(
            """
            pond      %s  (id <id>)
            state     transaction 4, clean
            nodes     2 directories, 1 file, 1 symlink
            log       4 data files, <size>; last sync <time>
            lock      free
            """
                .formatted(folder));
  }

  @Test
  void showReplaysTheLog() {
    pond.run("put", "--text", "hello", "/notes.txt").ok();
    pond.run("ln", "-s", "notes.txt", "latest").ok();

    String printed = pond.run("show", "-n", "1").ok();

    assertThat(
            printed
                .replaceAll("[0-9a-f]{32}", "<id>")
                .replaceAll("\\d{4}-\\S+Z", "<time>")
                .replaceAll("[0-9.]+ k?B", "<size>"))
        .isEqualTo(
            """
            transaction 3  <time>  ln -s notes.txt latest
              event part=<id>  versions 3..3  2 entries  <size>
                3  directory  <id>  put latest symlink <id>
                3  symlink    <id>  notes.txt
            """);
  }

  @Test
  void statTellsAllOfANode() {
    pond.run("put", "--text", "hello", "/f").ok();
    pond.run("ln", "-s", "f", "/l").ok();

    assertThat(pond.run("stat", "/l").ok())
        .contains("type      file\n", "mode      rw-r--r-- (0644)\n", "size      5 (5 B)\n")
        .contains("path      /f\n", "changed   transaction 2 at ");
    assertThat(pond.run("stat", "--no-follow", "/l").ok())
        .contains("type      symlink\n", "target    f\n");
    assertThat(pond.run("readlink", "/l").ok()).isEqualTo("f\n");
  }

  @Test
  void historyFollowsAFileAcrossItsMovesAndBeyondItsEnd() {
    pond.run("mkdir", "/d").ok();
    pond.run("put", "--text", "one", "/d/f").ok();
    pond.run("put", "--text", "three", "/d/f").ok();
    pond.run("mv", "/d/f", "/g").ok();

    String expected =
        """
        v2  transaction 5  <time>  5  8b5b9db0c13d  moved from /d/f
        v2  transaction 4  <time>  5  8b5b9db0c13d  written as /d/f
        v1  transaction 3  <time>  3  7692c3ad3540  created as /d/f
        """;
    assertThat(withoutTimes(pond.run("history", "/g").ok())).isEqualTo(expected);
    assertThat(withoutTimes(pond.run("history", "/d/f").ok())).isEqualTo(expected);
    assertThat(pond.run("cat", "--version", "1", "/g").ok()).isEqualTo("one");
    pond.run("rm", "/g").ok();
    assertThat(withoutTimes(pond.run("history", "/g").ok()))
        .startsWith("v2  transaction 6  <time>  5  8b5b9db0c13d  removed\n");
    assertThat(pond.run("cat", "--version", "2", "/g").ok()).isEqualTo("three");
    pond.run("cat", "--version", "3", "/g")
        .fails(1, "pond: /g: there is no version 3; it has 1 to 2\n");
    pond.run("history", "/none").fails(1, "pond: /none: no such file\n");
  }

  @Test
  void logOfAPathIsWhatTouchedIt() {
    pond.run("mkdir", "/d", "/e").ok();
    pond.run("touch", "/d/f").ok();
    pond.run("touch", "/e/f").ok();

    assertThat(numbers(pond.run("log", "/d").ok())).isEqualTo("3 2 ");
    assertThat(numbers(pond.run("log", "-n", "1", "/e").ok())).isEqualTo("4 ");
    assertThat(numbers(pond.run("log", "/").ok())).isEqualTo("4 3 2 1 ");
    assertThat(pond.run("log", "-n", "0").ok()).isEmpty();
    pond.run("log", "-n", "-1").fails(2, "pond: log: -n takes a number from 0, not -1\n");
  }

  private static String numbers(String log) {
    return log.lines()
        .filter(line -> line.startsWith("transaction "))
        .map(line -> line.split(" ", -1)[1] + " ")
        .collect(Collectors.joining());
  }

  @Test
  void restorePrintsWhatItReplayed() {
    pond.run("mkdir", "/d").ok();
    String printed = pond.run("restore", "--verify").ok();

    assertThat(
            printed
                .replaceAll("\\d+ ms", "<n> ms")
                .replaceAll("\\d+ \\([0-9.]+ k?B\\)", "<n>")
                .replaceAll("[0-9a-f]{64}", "<hash>"))
        .isEqualTo(
            """
            restored      transaction 2
            partitions    2
            events        3
            bytes         <n>
            took          <n> ms
            content root  <hash>
            """);
  }

  @Test
  void copyKeepsATreeBothWays() throws IOException {
    Path source = Files.createDirectory(temporary.resolve("source"));
    Files.writeString(source.resolve("f"), "hello");
    Files.createSymbolicLink(source.resolve("l"), Path.of("f"));
    Path out = temporary.resolve("out");

    Result in = pond.run("copy", source.toString(), "pond:/d");
    Result again = pond.run("copy", source + "/.", "pond:/d");
    Result back = pond.run("copy", "pond:/d", out.toString());

    assertThat(in.err()).isEqualTo("copied 1 file, 1 directory, 1 symlink, 5 B; transaction 2\n");
    assertThat(again.err()).contains("unchanged").endsWith("; nothing to commit\n");
    assertThat(back.err()).isEqualTo("copied 1 file, 1 directory, 1 symlink, 5 B\n");
    assertThat(Files.readString(out.resolve("l"))).isEqualTo("hello");
    Files.writeString(out.resolve("f"), "mine");
    assertThat(pond.run("copy", "pond:/d/.", out.toString()).exitCode()).isEqualTo(1);
    assertThat(Files.readString(out.resolve("f"))).isEqualTo("mine");
    assertThat(pond.run("copy", "--overwrite", "pond:/d/.", out.toString()).exitCode()).isZero();
  }

  @Test
  void copyTakesTrailingSlashesAsTheUserMeansThem() throws IOException {
    Path source = Files.createDirectory(temporary.resolve("source"));
    Path file = Files.writeString(source.resolve("f"), "hello");

    pond.run("mkdir", "/d").ok();
    pond.run("copy", "-q", source + "/", "pond:/d").ok();
    pond.run("copy", "-q", source + "/.", "pond:/d/").ok();

    assertThat(pond.run("ls", "-R", "/d").ok()).contains("source", "f");
    assertThat(pond.run("cat", "/d/source/f").ok()).isEqualTo("hello");
    assertThat(pond.run("cat", "/d/f").ok()).isEqualTo("hello");
    assertThat(pond.run("copy", file.toString(), "pond:/gone/").exitCode()).isEqualTo(1);
    assertThat(pond.run("copy", "pond:/d/f", temporary + "/gone/").exitCode()).isEqualTo(1);
  }

  @Test
  void dryRunSaysWhatItWouldDoAndDoesNothing() throws IOException {
    Path source = Files.createDirectory(temporary.resolve("source"));
    Files.writeString(source.resolve("f"), "hello");

    Result result = pond.run("copy", "--dry-run", source.toString(), "pond:/d");

    assertThat(result.out()).isEqualTo("/d\n/d/f\n");
    assertThat(result.err()).isEqualTo("would copy 1 file, 1 directory, 0 symlinks, 5 B\n");
    assertThat(pond.run("ls").ok()).isEmpty();
  }

  @Test
  void quietLeavesOutSummaries() throws IOException {
    Path source = Files.writeString(temporary.resolve("f"), "hello");

    pond.run("copy", "-q", source.toString(), "pond:/").ok();

    assertThat(pond.run("ls").ok()).isEqualTo("f\n");
  }

  @Test
  void queryAnswersInEveryFormat() {
    pond.run("put", "--text", "hello", "/f").ok();
    String sql = "select path, size from nodes where type = 'file'";

    assertThat(pond.run("query", "--format", "csv", sql).ok()).endsWith("\n/f,5\n");
    assertThat(pond.run("query", "--format", "ndjson", sql).ok()).contains("\"/f\"").endsWith("\n");
    assertThat(pond.runWithInput(sql, "query", "--format", "csv").ok()).endsWith("\n/f,5\n");
    Result table = pond.run("query", sql);
    assertThat(table.out()).contains("/f");
    assertThat(table.err()).isEqualTo("1 row\n");
  }

  private static String withoutTimes(String printed) {
    return printed.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "<time>");
  }
}
