package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import io.duckpond.launcher.command.Verbs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Command lines that make no sense: one line, a hint, exit 2. */
class UsageTest {
  private final CommandLineFixture pond = CommandLineFixture.bare();

  @Test
  void bareCommandPrintsShortHelpAndIsAUsageError() {
    Result result = pond.run();

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("Usage: pond ").contains("  restore  ");
  }

  @ParameterizedTest
  @CsvSource({"list, ls", "lst, ls", "statsu, status", "resotre, restore", "cpoy, copy"})
  void unknownVerbSuggestsTheNearest(String word, String nearest) {
    Result result = pond.run(word, "/a");

    result.fails(
        2,
        """
        pond: %s: no such verb
        hint: did you mean %s? pond --help lists the verbs
        """
            .formatted(word, nearest));
  }

  @Test
  void aVerbsNameAmongTheArgumentsOfAnUnknownOneChangesNothing() {
    pond.run("lst", "put", "/x")
        .fails(
            2,
            """
            pond: lst: no such verb
            hint: did you mean ls? pond --help lists the verbs
            """);
  }

  @Test
  void everyVerbIsListedUnderItsOwnName() {
    CommandLine line = new CommandLine(CommandSpec.create());

    Verbs.addTo(line, Verbs.all());

    assertThat(line.getSubcommands().values().stream().map(CommandLine::getCommandName).distinct())
        .containsExactlyElementsOf(Verbs.all());
  }

  @Test
  void onlyVerbsThatAreNamedAreMade() {
    assertThat(Verbs.among(List.of("--pond", "p", "put", "/ls"))).containsExactly("put");
    assertThat(Verbs.among(List.of("commit"))).isEqualTo(Verbs.all());
    assertThat(Verbs.among(List.of("help", "put"))).isEqualTo(Verbs.all());
  }

  @Test
  void withoutAPondNothingIsGuessed() {
    pond.run("ls")
        .fails(
            2,
            """
            pond: POND: not set
            hint: export POND=DIR, or give --pond DIR; pond init DIR makes a pond
            """);
  }

  @Test
  void unknownOptionsAreNamed() {
    pond.run("ls", "--since")
        .fails(
            2,
            """
            pond: ls: unknown option '--since'
            hint: pond ls --help
            """);
  }

  @Test
  void missingArgumentIsOneLine() {
    pond.run("cat")
        .fails(
            2,
            """
            pond: cat: missing required parameter: 'PATH'
            hint: pond cat --help
            """);
  }

  @Test
  void copyWantsOneSideInThePond() {
    pond.run("copy", "pond:/a", "pond:/b")
        .fails(
            2,
            """
            pond: copy: both sides are in the pond
            hint: inside the pond use cp
            """);
    pond.run("copy", "a", "./pond:b")
        .fails(
            2,
            """
            pond: copy: neither side is in the pond
            hint: pond paths begin with pond: as in pond:/notes.txt
            """);
    pond.run("copy", "a", "pond:/b", "/tmp")
        .fails(
            2,
            """
            pond: copy: sources of both kinds
            hint: pond paths begin with pond: as in pond:/notes.txt
            """);
  }

  @Test
  void restoreOfAPathTellsWhatWasMeant() {
    pond.run("restore", "/notes.txt")
        .fails(
            2,
            """
            pond: restore: takes no path; it rebuilds the whole pond from its log
            hint: to get old files back: pond copy --as-of X pond:/p DIR, or pond revert /p --to X
            """);
  }

  @Test
  void hardLinksAreNoVerb() {
    pond.run("ln", "a", "b")
        .fails(
            2,
            """
            pond: ln: a pond has no hard links
            hint: ln -s makes a symbolic link
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init",
        "show",
        "ls",
        "tree",
        "find",
        "mknod",
        "glob",
        "cat",
        "put",
        "append",
        "cp",
        "touch",
        "mkdir",
        "ln",
        "mv",
        "rm",
        "copy",
        "status",
        "sync",
        "restore",
        "fsck",
        "query",
        "shell",
        "tour",
        "log",
        "stat",
        "readlink"
      })
  void everyVerbHelpsWithExamples(String verb) {
    String help = pond.run(verb, "--help").ok();

    assertThat(help).startsWith("Usage: pond " + verb + " ").contains("\nExamples:\n  ");
    assertThat(pond.run("help", verb).ok()).isEqualTo(help);
  }

  @Test
  void versionIsOneLine() {
    assertThat(pond.run("--version").ok()).matches("pond \\d+\\.\\d+\\.\\d+\\S* \\(Java .+\\)\n");
  }

  @Test
  void aFileNamedLikeAnArgumentFileIsAName() {
    pond.run("cat", "@/no/such/file")
        .fails(
            2,
            """
            pond: POND: not set
            hint: export POND=DIR, or give --pond DIR; pond init DIR makes a pond
            """);
  }
}
