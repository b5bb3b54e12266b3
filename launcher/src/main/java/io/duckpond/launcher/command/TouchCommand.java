package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.PondSession;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Creates empty files, or renews times. */
@Command(
    name = "touch",
    description = "Create empty files; of what is there, set the time of modification.",
    footer = {"", "Touching makes no version.", "", "Examples:", "  pond touch /a /b"})
final class TouchCommand extends WritingVerb {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "What to touch.")
  private List<String> paths = List.of();

  @Override
  void change(PondSession session, WorkingDirectory root) throws IOException {
    for (String path : paths) {
      root.touch(path);
    }
  }
}
