package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondSession;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a symbolic link. */
@Command(
    name = "ln",
    description = "Create a symbolic link that holds TARGET as it is written.",
    footer = {
      "",
      "A target without a leading / is meant from the link's directory. If PATH is a directory, the"
          + " link goes into it.",
      "",
      "Examples:",
      "  pond ln -s notes.txt /latest",
      "  pond ln -s ../lib /src/lib"
    })
final class LnCommand extends WritingVerb {
  @Option(
      names = {"-s", "--symbolic"},
      description = "A symbolic link, the only kind there is.")
  private boolean symbolic;

  @Parameters(index = "0", paramLabel = "TARGET", description = "What it leads to; need not exist.")
  private String target = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "The link.")
  private String path = "";

  @Override
  void check() {
    if (!symbolic) {
      throw Complaint.usage("ln", "a pond has no hard links", "ln -s makes a symbolic link")
          .exception();
    }
  }

  @Override
  void change(PondSession session, WorkingDirectory root) throws IOException {
    root.createSymlink(Destination.of(root, path).forSource(target), target);
  }
}
