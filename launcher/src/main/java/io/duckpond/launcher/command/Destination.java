package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.node.Entry;
import io.duckpond.path.Resolution;
import java.io.IOException;

/** Where things are put, as Unix users expect: into an existing directory, else under that name. */
record Destination(String path, boolean isDirectory) {

  /** Returns what {@code path} means below {@code root}; a link to a directory is one. */
  static Destination of(WorkingDirectory root, String path) throws IOException {
    boolean directory =
        root.lookup(path) instanceof Resolution.Found found
            && found.entry() instanceof Entry.Directory;
    return new Destination(path, directory);
  }

  /** Returns the path that {@code source} gets here. */
  String forSource(String source) {
    if (!isDirectory) {
      return path;
    }
    String name = source.replaceAll("/+$", "");
    name = name.substring(name.lastIndexOf('/') + 1);
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw Complaint.refusal(source, "has no name to put into " + path).exception();
    }
    return path.endsWith("/") ? path + name : path + "/" + name;
  }
}
