package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondSession;
import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies within the pond. */
@Command(
    name = "cp",
    description = "Copy within the pond; contents are shared, not stored again.",
    footer = {
      "",
      "Modes and times are kept. A file at the destination gets a new version; a directory there is"
          + " merged into. With -r links are copied as links, else what they lead to. From and to"
          + " the host it is copy.",
      "",
      "Examples:",
      "  pond cp /notes.txt /notes.old",
      "  pond cp -r /src /archive/",
      "  pond cp -n /a /b /archive/"
    })
final class CpCommand extends WritingVerb {
  @Option(
      names = {"-r", "-R", "--recursive"},
      description = "Directories with all below them.")
  private boolean recursive;

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
              destination.path(), "not a directory", "several things can only be copied into one")
          .exception();
    }
    for (String source : sources) {
      copy(root, source, destination.forSource(source));
    }
  }

  private void copy(WorkingDirectory root, String source, String target) throws IOException {
    NodePath from =
        recursive ? Located.notFollowing(root, source) : Located.following(root, source);
    if (from.entry() instanceof Entry.Directory && !recursive) {
      throw Complaint.refusal(source, "is a directory", "cp -r copies it with all below it")
          .exception();
    }
    // What a link at the destination leads to is what gets the bytes, as with Unix.
    boolean throughLink =
        !(from.entry() instanceof Entry.Symlink) && root.lookup(target) instanceof Resolution.Found;
    String to = throughLink ? Located.following(root, target).path() : target;
    if (!(root.lookupNoFollow(to) instanceof Resolution.Found taken)) {
      root.copy(from.path(), target);
    } else if (refuseTaken) {
      throw new FileAlreadyExistsException(target);
    } else if (taken.entry().child().equals(from.entry().child())) {
      throw Complaint.refusal(source, "is the same as " + target).exception();
    } else {
      root.copyReplacing(from.path(), to);
    }
  }
}
