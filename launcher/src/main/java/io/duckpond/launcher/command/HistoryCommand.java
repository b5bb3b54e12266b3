package io.duckpond.launcher.command;

import io.duckpond.history.History.Links;
import io.duckpond.history.NodeHistory;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.HistoryLines;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the life of a node. */
@Command(
    name = "history",
    description = "Print the versions of a node and what became of it, newest first.",
    footer = {
      "",
      "Across its moves: version, transaction, time, size, the beginning of the SHA-256, and what"
          + " happened. If nothing is at PATH now, it means the newest node that ever was.",
      "",
      "Examples:",
      "  pond history /notes.txt",
      "  pond cat --version 2 /notes.txt",
      "  pond history --json /notes.txt | jq .sha256"
    })
final class HistoryCommand extends ReadingVerb {
  @Option(names = "--no-follow", description = "Of a link, the link itself.")
  private boolean noFollow;

  @Parameters(paramLabel = "PATH", description = "A file, directory or link, there or not.")
  private String path = "";

  @Override
  void print(PondSession session, Console console) throws IOException {
    NodeHistory history = session.history().of(path, noFollow ? Links.KEEP : Links.FOLLOW);
    if (pond().json()) {
      history.changes().forEach(change -> console.json(HistoryLines.json(change)));
      return;
    }
    new HistoryLines(console.names(), pond().environment().zone())
        .lines(history)
        .forEach(console::line);
  }
}
