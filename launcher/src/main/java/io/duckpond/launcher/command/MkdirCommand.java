package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.PondSession;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates directories. */
@Command(
    name = "mkdir",
    description = "Create directories.",
    footer = {"", "Examples:", "  pond mkdir /src", "  pond mkdir -p /a/b/c"})
final class MkdirCommand extends WritingVerb {
  @Option(
      names = {"-p", "--parents"},
      description = "Missing parents, too; an existing directory is no change.")
  private boolean parents;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Directories.")
  private List<String> paths = List.of();

  @Override
  void change(PondSession session, WorkingDirectory root) throws IOException {
    for (String path : paths) {
      if (parents) {
        root.createDirectories(path);
      } else {
        root.createDirectory(path);
      }
    }
  }
}
