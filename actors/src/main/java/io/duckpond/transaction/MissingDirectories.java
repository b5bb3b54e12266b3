package io.duckpond.transaction;

import io.duckpond.node.Entry;
import io.duckpond.path.PondPath;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/** Creates a directory together with those on the way to it. */
final class MissingDirectories {
  private MissingDirectories() {}

  /** Creates what is missing of {@code path}; counts as one change, if any. */
  static void create(Workspace workspace, Lookup lookup, String path) throws IOException {
    PondPath whole = Lookup.parse(path);
    int length = whole.components().size();
    boolean changed = false;
    for (int i = 1; i <= length; i++) {
      List<String> components = whole.components().subList(0, i);
      String ancestor = new PondPath(whole.absolute(), components, false).toString();
      changed |= create(workspace, lookup, ancestor, i == length);
    }
    if (changed) {
      workspace.count();
    }
  }

  private static boolean create(Workspace workspace, Lookup lookup, String path, boolean last)
      throws IOException {
    Resolution resolution = lookup.following(path);
    if (resolution instanceof Resolution.Blocked blocked
        && blocked.reason() == Resolution.Reason.LINK_LOOP
        && !last) {
      throw Refusals.of(blocked, lookup.asked(path));
    }
    if (!(resolution instanceof Resolution.Found found)) {
      // A link that leads nowhere takes the name: refused here.
      Entry.Directory unused = workspace.makeDirectory(lookup.vacant(path));
      return true;
    }
    if (!(found.entry() instanceof Entry.Directory || !last && found.entry().isDirectory())) {
      throw last
          ? new FileAlreadyExistsException(lookup.asked(path))
          : new NotDirectoryException(lookup.asked(path));
    }
    return false;
  }
}
