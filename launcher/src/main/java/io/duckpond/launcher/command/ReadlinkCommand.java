package io.duckpond.launcher.command;

import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.JsonObject;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the target of a link. */
@Command(
    name = "readlink",
    description = "Print the target of a symbolic link, as it is stored.",
    footer = {"", "Examples:", "  pond readlink /latest"})
final class ReadlinkCommand extends ReadingVerb {
  @Parameters(paramLabel = "PATH", description = "The link.")
  private String path = "";

  @Override
  void print(PondSession session, Console console) throws IOException {
    String target = session.root().readLink(path);
    if (pond().json()) {
      console.json(new JsonObject().put("path", path).put("target", target));
    } else {
      console.line(console.names().show(target));
    }
  }
}
