package io.duckpond.launcher.command;

import io.duckpond.glob.GlobMatch;
import io.duckpond.glob.GlobOptions;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.EntryJson;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a pattern finds. */
@Command(
    name = "glob",
    description = "Print the paths that match a pattern, one a line.",
    footer = {
      "",
      "* is any run of characters of a name, ? one, [a-z] or [!a-z] one of a class, {a,b}"
          + " alternatives, ** any number of levels (at the end all below), and \\ takes the"
          + " meaning from what follows. A slash at the end finds directories only. Links in the"
          + " middle are followed. Quote it, or your shell reads it.",
      "--captures adds what each wildcard stands for, after tabs; with --json it is there anyhow.",
      "",
      "Examples:",
      "  pond glob '/**/*.txt'",
      "  pond glob --captures '/sensors/*/20[0-9][0-9]-*.csv'",
      "  pond glob -0 '/logs/{old,new}/*' | xargs -0 pond rm",
      "  pond glob --json '/a/*' | jq -c '[.path, .captures]'"
    })
final class GlobCommand extends ReadingVerb {
  @Option(
      names = {"-a", "--all"},
      description = "Wildcards match names that begin with a dot, too.")
  private boolean all;

  @Option(names = "--captures", description = "What the wildcards stand for, too.")
  private boolean captures;

  @Option(names = "-0", description = "End each with a NUL.")
  private boolean endWithNul;

  @Parameters(paramLabel = "PATTERN", description = "Of paths from the root.")
  private String pattern = "";

  @Override
  void print(PondSession session, Console console) throws IOException {
    GlobOptions options = all ? GlobOptions.DEFAULT.withAllNames() : GlobOptions.DEFAULT;
    session.root().visit(pattern, options, match -> print(match, console));
  }

  private void print(GlobMatch match, Console console) {
    if (pond().json()) {
      console.json(EntryJson.of(match.node()).putTexts("captures", match.captures()));
      return;
    }
    StringBuilder line = new StringBuilder(console.names().show(match.path()));
    if (captures) {
      match.captures().forEach(text -> line.append('\t').append(console.names().show(text)));
    }
    console.print(line.append(endWithNul ? '\0' : '\n').toString());
  }
}
