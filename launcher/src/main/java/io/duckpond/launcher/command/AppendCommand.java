package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Command;

/** Appends standard input to a series. */
@Command(
    name = "append",
    description = "Add standard input to a series as its next piece, or begin a series with it.",
    footer = {
      "",
      "Each piece is a version: cat prints all of them, oldest to newest, cat --version one. In the"
          + " shell, whose standard input is its commands, --text gives the piece.",
      "",
      "Examples:",
      "  date | pond append /log",
      "  pond append --text 'a few words' /log",
      "  pond cat --version 2 /log"
    })
final class AppendCommand extends StoringVerb {
  @Override
  String name() {
    return "append";
  }

  @Override
  Entry.File store(WorkingDirectory root, String at, InputStream content) throws IOException {
    return root.append(at, content);
  }
}
