package io.duckpond.transaction;

import io.duckpond.node.Entry;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;

/** Moves a node to another name, in whichever directory. A link at either end is not followed. */
final class TreeMove {
  private final Workspace workspace;
  private final Lookup lookup;
  private final AtTarget atTarget;

  TreeMove(Workspace workspace, Lookup lookup, AtTarget atTarget) {
    this.workspace = workspace;
    this.lookup = lookup;
    this.atTarget = atTarget;
  }

  /** Moves; a move to where it is already changes nothing. */
  void run(String from, String to) throws IOException {
    Resolution.Found found = lookup.itself(from);
    Site source = lookup.site(found, from);
    Resolution goal = lookup.withoutDemand(to);
    if (goal instanceof Resolution.Blocked blocked) {
      throw Refusals.of(blocked, lookup.asked(to));
    }
    if (goal instanceof Resolution.Found root && root.name().isEmpty()) {
      throw new FileAlreadyExistsException(lookup.asked(to));
    }
    Site target =
        goal instanceof Resolution.Found taken
            ? lookup.site(taken, to)
            : lookup.site((Resolution.Vacant) goal, to);
    if (target.isBelow(source)) {
      throw new FileSystemException(
          lookup.asked(from), lookup.asked(to), "a directory cannot be moved into itself");
    }
    if (!(found.entry() instanceof Entry.Directory) && Lookup.parse(to).demandsDirectory()) {
      throw new NotDirectoryException(lookup.asked(to));
    }
    if (goal instanceof Resolution.Found taken) {
      if (taken.entry().child().equals(found.entry().child())) {
        return;
      }
      demandReplaceable(found.entry(), taken.entry(), lookup.asked(to));
    }
    workspace.move(source, found.entry(), target);
    workspace.count();
  }

  private void demandReplaceable(Entry entry, Entry taken, String to) throws FileSystemException {
    if (atTarget == AtTarget.REFUSE) {
      throw new FileAlreadyExistsException(to);
    }
    boolean directory = entry instanceof Entry.Directory;
    if (directory && !(taken instanceof Entry.Directory)) {
      throw new NotDirectoryException(to);
    }
    if (!directory && taken instanceof Entry.Directory) {
      throw Refusals.because(to, "is a directory");
    }
  }
}
