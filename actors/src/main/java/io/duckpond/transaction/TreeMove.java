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
    Lookup.Goal goal = lookup.goal(to);
    if (goal.site().isBelow(source)) {
      throw new FileSystemException(
          lookup.asked(from), lookup.asked(to), "a directory cannot be moved into itself");
    }
    if (!(found.entry() instanceof Entry.Directory) && Lookup.parse(to).demandsDirectory()) {
      throw new NotDirectoryException(lookup.asked(to));
    }
    if (goal.taken().isPresent()) {
      Entry taken = goal.taken().get();
      if (taken.child().equals(found.entry().child())) {
        return;
      }
      demandReplaceable(found.entry(), taken, lookup.asked(to));
    }
    workspace.placement().move(source, found.entry(), goal.site());
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
