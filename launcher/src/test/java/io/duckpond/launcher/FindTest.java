package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code find} and {@code glob} print. */
class FindTest {
  @TempDir private static Path temporary;
  private static Path folder;
  private CommandLineFixture pond;

  @BeforeAll
  static void fillPond() {
    folder = temporary.resolve("pond");
    String script =
        """
        mkdir -p /a/b /.hidden
        put --text %s /a/b/large.txt
        put --text small /a/small.txt
        sync
        put --text data /.hidden/data
        ln -s ../a /a/self
        ln -s nowhere /broken
        sync
        """;
    CommandLineFixture.withPond(folder)
        .runWithInput(script.formatted("x".repeat(1025)), "shell", "-q")
        .ok();
  }

  @BeforeEach
  void openPond() {
    pond = CommandLineFixture.bare().variable("POND", folder.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "find|/ /.hidden /.hidden/data /a /a/b /a/b/large.txt /a/self /a/small.txt /broken",
        "find a|/a /a/b /a/b/large.txt /a/self /a/small.txt",
        "find /a/small.txt|/a/small.txt",
        "find /a/self|/a/self",
        "find /a/self/|/a /a/b /a/b/large.txt /a/self /a/small.txt",
        "find --glob *.txt|/a/b/large.txt /a/small.txt",
        "find /a --glob b/*|/a/b/large.txt",
        "find /a --glob /*/b|/a/b",
        "find --glob s*/|''",
        "find --glob */|/.hidden /a",
        "find --glob /|/",
        "find --glob .|/",
        "find /a --glob ./|/a",
        "find --type f|/.hidden/data /a/b/large.txt /a/small.txt",
        "find --type d|/ /.hidden /a /a/b",
        "find --type l --type directory|/ /.hidden /a /a/b /a/self /broken",
        "find --size 5|/a/small.txt",
        "find --size +4c --size -6|/a/small.txt",
        "find --size +1k|/a/b/large.txt",
        "find --size -1k --type file|/.hidden/data /a/small.txt",
        "find --size -999999999999999G --glob s*|/a/small.txt",
        "find --newer /a/small.txt|/.hidden/data /a/self /broken",
        "find --newer broken|''",
        "find --newer 2020-01-01T00:00 --glob s*.txt|/a/small.txt",
        "find --newer 2999-01-01|''",
        "glob /a/*|/a/b /a/self /a/small.txt",
        "glob *|/a /broken",
        "glob -a *|/.hidden /a /broken",
        "glob .*/*|/.hidden/data",
        "glob /**/*.txt|/a/b/large.txt /a/small.txt",
        "glob a/self/s*|/a/self/self /a/self/small.txt",
        "glob /none|''"
      })
  void printsPathsInOrder(String words, String paths) {
    String expected = paths.isEmpty() ? "" : paths.replace(' ', '\n') + "\n";

    assertThat(pond.run(words.split(" ")).ok()).isEqualTo(expected);
  }

  @Test
  void zeroEndsEachWithANul() {
    assertThat(pond.run("find", "-0", "/.hidden").ok()).isEqualTo("/.hidden\0/.hidden/data\0");
    assertThat(pond.run("glob", "-0", "/a/*.txt").ok()).isEqualTo("/a/small.txt\0");
  }

  @Test
  void sizesOfOneWordAreNoOptions() {
    assertThat(pond.run("find", "--size=-5").ok()).isEqualTo("/.hidden/data\n");
    assertThat(pond.run("find", "--size", "-5").ok()).isEqualTo("/.hidden/data\n");
  }

  @Test
  void capturesFollowAfterTabs() {
    assertThat(pond.run("glob", "--captures", "/**/{small,large}.*").ok())
        .isEqualTo(
            """
            /a/b/large.txt\ta\tb\tlarge\ttxt
            /a/small.txt\ta\tsmall\ttxt
            """);
  }

  @Test
  void jsonHasTheNodesAndTheCaptures() {
    assertThat(pond.run("glob", "--json", "/a/s*.txt").ok())
        .matches("\\{\"path\":\"/a/small.txt\",.*\"target\":null,\"captures\":\\[\"mall\"\\]\\}\n");
    assertThat(pond.run("find", "--json", "--size", "5").ok())
        .matches("\\{\"path\":\"/a/small.txt\",.*\"target\":null\\}\n");
  }

  @Test
  void pathsAreEscapedOnATerminal() {
    pond.terminal(Environment.Stream.OUT);

    assertThat(
            pond.runWithInput("touch '/a\tb'\nglob --captures /a?b\nfind --glob a?b\n", "shell")
                .out())
        .isEqualTo("/a\\tb\t\\t\n/a\\tb\n");
  }

  @Test
  void looksAtEarlierStatesToo() {
    assertThat(pond.run("glob", "--as-of", "2", "/a/*").ok()).isEqualTo("/a/b\n/a/small.txt\n");
    assertThat(pond.run("find", "--as-of", "1").ok()).isEqualTo("/\n");
  }

  @Test
  void refusesInOneLine() {
    pond.run("glob", "/a/[b").fails(1, "pond: /a/[b: not a glob: no ']' for a '['\n");
    pond.run("find", "--glob", "{a").fails(1, "pond: {a: not a glob: no '}' for a '{'\n");
    pond.run("find", "/none").fails(1, "pond: /none: no such file\n");
    pond.run("find", "--newer", "none").fails(1, "pond: /none: no such file\n");
    pond.run("find", "--size", "many")
        .fails(
            2,
            """
            pond: --size: not a size: 'many'
            hint: as in 100, +10k or -2M
            """);
    pond.run("find", "--type", "x")
        .fails(
            2,
            """
            pond: --type: not a type: 'x'
            hint: one of f, d, l, file, directory, symlink, series, table, table-series, \
            dynamic-directory, dynamic-file
            """);
  }
}
