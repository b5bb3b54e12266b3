package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondSession;
import io.duckpond.node.Entry;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes. */
@Command(
    name = "rm",
    description = "Remove files, links and, with -r, directories; the history keeps them.",
    footer = {"", "Examples:", "  pond rm /notes.txt", "  pond rm -r /src", "  pond rm -f /maybe"})
final class RmCommand extends WritingVerb {
  @Option(
      names = {"-r", "-R", "--recursive"},
      description = "Directories, too, with all below them.")
  private boolean recursive;

  @Option(
      names = {"-f", "--force"},
      description = "What is missing is no error.")
  private boolean force;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "What to remove.")
  private List<String> paths = List.of();

  @Override
  void change(PondSession session, WorkingDirectory root) throws IOException {
    for (String path : paths) {
      remove(root, path);
    }
  }

  private void remove(WorkingDirectory root, String path) throws IOException {
    Resolution there = root.lookupNoFollow(path);
    if (force && isMissing(there)) {
      return;
    }
    if (there instanceof Resolution.Found found) {
      if (found.name().isEmpty()) {
        throw Complaint.refusal(path, "the root directory cannot be removed").exception();
      }
      if (found.entry() instanceof Entry.Directory) {
        if (!recursive) {
          throw Complaint.refusal(path, "is a directory", "rm -r removes it with all below it")
              .exception();
        }
        root.removeRecursively(path);
        return;
      }
    }
    root.remove(path);
  }

  private static boolean isMissing(Resolution there) {
    return there instanceof Resolution.Vacant
        || (there instanceof Resolution.Blocked blocked
            && blocked.reason() == Resolution.Reason.MISSING);
  }
}
