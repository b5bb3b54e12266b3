package io.duckpond.launcher.command;

import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.Interruption;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.ShellWords;
import io.duckpond.launcher.tour.HostTrees;
import io.duckpond.launcher.tour.Tour;
import io.duckpond.launcher.tour.TourReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what a pond does, on a pond of its own. */
@Command(
    name = "tour",
    description = "Show what a pond does: a real tree in, changed, queried, lost, restored, out.",
    footer = {
      "",
      "Works on a pond in a temporary folder. Every step is a verb whose output is printed; any"
          + " difference between what went in and what comes out fails the tour. With --json all of"
          + " that goes to standard error.",
      "",
      "Examples:",
      "  pond tour",
      "  pond tour --keep ~/photos"
    })
final class TourCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Option(names = "--keep", description = "Leave the pond, and print its export POND= line.")
  private boolean keep;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The tree to take; the home of the running JDK if not given.")
  private @Nullable String directory;

  @Override
  public Integer call() throws IOException {
    if (pond.shared().isPresent()) {
      throw Complaint.usage("tour", "has a pond of its own", "leave the shell with exit first")
          .exception();
    }
    Path tree =
        PondCommand.hostPath(directory == null ? System.getProperty("java.home", "") : directory)
            .toRealPath();
    if (!Files.isDirectory(tree)) {
      throw Complaint.refusal(tree.toString(), "not a directory").exception();
    }
    Path place = Files.createTempDirectory("pond-tour-").toRealPath();
    try (Interruption.Section unwound = Interruption.section()) {
      run(tree, place);
    }
    return ExitCodes.OK;
  }

  /** The pond goes away again unless it is to be kept and all went well. */
  private void run(Path tree, Path place) throws IOException {
    boolean kept = false;
    try {
      Console console = pond.json() ? pond.console().onStandardError() : pond.console();
      TourReport report = new Tour(pond.environment(), console, tree, place).run();
      kept = keep;
      if (pond.json()) {
        pond.console().json(json(tree, place, report));
      } else if (kept) {
        pond.console().line("export POND=" + ShellWords.quote(Tour.pondIn(place).toString()));
      }
    } finally {
      if (!kept) {
        HostTrees.delete(place);
      }
    }
  }

  private JsonObject json(Path tree, Path place, TourReport report) {
    return new JsonObject()
        .put("tree", tree.toString())
        .put("nodes", report.nodes())
        .put("content_root", report.contentRoot())
        .put("took_ms", report.took().toMillis())
        .putText("directory", keep ? Optional.of(Tour.pondIn(place).toString()) : Optional.empty());
  }
}
