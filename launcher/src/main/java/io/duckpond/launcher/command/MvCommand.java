package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondSession;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Renames. */
@Command(
    name = "mv",
    description = "Rename, or move into a directory.",
    footer = {
      "",
      "A file at the destination is replaced; the history keeps it.",
      "",
      "Examples:",
      "  pond mv /draft.txt /notes.txt",
      "  pond mv /a /b /archive/",
      "  pond mv -n /draft.txt /notes.txt"
    })
final class MvCommand extends WritingVerb {
  @Option(
      names = {"-n", "--no-clobber"},
      description = "Refuse if something is there.")
  private boolean refuseTaken;

  @Parameters(arity = "2..*", paramLabel = "PATH", description = "Sources, then the destination.")
  private List<String> paths = List.of();

  @Override
  void change(PondSession session, WorkingDirectory root) throws IOException {
    List<String> sources = paths.subList(0, paths.size() - 1);
    Destination destination = Destination.of(root, paths.get(paths.size() - 1));
    if (sources.size() > 1 && !destination.isDirectory()) {
      throw Complaint.refusal(
              destination.path(), "not a directory", "several things can only move into one")
          .exception();
    }
    for (String source : sources) {
      move(root, source, destination.forSource(source));
    }
  }

  private void move(WorkingDirectory root, String source, String target) throws IOException {
    if (!(root.lookupNoFollow(target) instanceof Resolution.Found taken)) {
      root.rename(source, target);
    } else if (refuseTaken) {
      throw new FileAlreadyExistsException(target);
    } else if (root.lookupNoFollow(source) instanceof Resolution.Found found
        && found.entry().child().equals(taken.entry().child())) {
      throw Complaint.refusal(source, "is the same as " + target).exception();
    } else {
      root.renameReplacing(source, target);
    }
  }
}
