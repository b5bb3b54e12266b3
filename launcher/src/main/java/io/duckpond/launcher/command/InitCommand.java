package io.duckpond.launcher.command;

import io.duckpond.Pond;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.ShellWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Creates an empty pond. */
@Command(
    name = "init",
    description = "Create an empty pond; transaction 1 is its root directory.",
    footer = {
      "",
      "The folder may be absent or empty. Prints its absolute path and the line that names it to"
          + " the other verbs.",
      "",
      "Examples:",
      "  pond init /data/mypond",
      "  eval \"$$(pond init mypond | tail -n 1)\""
    })
final class InitCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Its folder; else --pond or $$POND.")
  private @Nullable String directory;

  @Override
  public Integer call() throws IOException {
    if (pond.shared().isPresent()) {
      throw Complaint.usage("init", "the shell has its pond already", "leave it with exit first")
          .exception();
    }
    Path folder = directory == null ? pond.directory() : PondCommand.hostPath(directory);
    try (Pond created = Pond.create(folder, pond.settings(), pond.commitInfo(""))) {
      if (pond.json()) {
        pond.console()
            .json(
                new JsonObject()
                    .put("directory", created.directory().toString())
                    .put("id", created.status().id()));
        return ExitCodes.OK;
      }
      pond.console().line(pond.console().names().show(created.directory().toString()));
      pond.console().line("export POND=" + ShellWords.quote(created.directory().toString()));
    }
    return ExitCodes.OK;
  }
}
