package io.duckpond.launcher.command;

import io.duckpond.PondView;
import io.duckpond.diff.Difference;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.StateName;
import io.duckpond.launcher.render.DifferenceLines;
import io.duckpond.launcher.render.Sizes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what changed between two states. */
@Command(
    name = "diff",
    description = "Print what changed between two states; exit code 1 if anything did.",
    footer = {
      "",
      "A and B are transaction numbers or times, as --as-of takes them, or now: the newest"
          + " transaction. One line a change, in path order: added, removed, changed, or moved,"
          + " and what of it changed: type, content, target, mode, modified. All that was added"
          + " or removed is listed; what went along with a moved directory is not.",
      "",
      "Examples:",
      "  pond diff 41 42",
      "  pond diff 2026-11-22 now /src",
      "  pond diff --json 1 now | jq -r 'select(.change == \"removed\").path'"
    })
final class DiffCommand extends ReadingVerb {
  @Parameters(index = "0", paramLabel = "A", description = "The one state.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "B", description = "The other.")
  private String after = "";

  @Parameters(index = "2", arity = "0..1", paramLabel = "PATH", description = "Only this.")
  private @Nullable String path;

  private boolean differs;

  @Override
  void check() {
    if (pond().asOf().isPresent()) {
      throw Complaint.usage("diff", "names its two states itself, without --as-of").exception();
    }
    name(before);
    name(after);
  }

  private StateName name(String text) {
    return StateName.parseOrNow(text, pond().environment().zone(), "diff");
  }

  @Override
  void print(PondSession session, Console console) throws IOException {
    PondView one = name(before).in(session.pond());
    PondView other = name(after).in(session.pond());
    List<Difference> found =
        path == null ? session.pond().diff(one, other) : session.pond().diff(one, other, path);
    differs = !found.isEmpty();
    for (Difference difference : found) {
      if (pond().json()) {
        console.json(DifferenceLines.json(difference));
      } else {
        console.line(DifferenceLines.line(difference, console.names()));
      }
    }
    if (!pond().json()) {
      console.note(Sizes.count(found.size(), "difference"));
    }
  }

  @Override
  int exitCode() {
    return differs ? ExitCodes.REFUSED : ExitCodes.OK;
  }
}
