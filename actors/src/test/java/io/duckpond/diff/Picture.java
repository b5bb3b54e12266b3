package io.duckpond.diff;

import static java.util.Objects.requireNonNull;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every node of one state, found by walking. */
record Picture(Map<NodeId, There> nodes) {

  /** A node of a state. */
  record There(NodeId holder, String path, Entry entry) {
    private String place() {
      return holder + path.substring(path.lastIndexOf('/'));
    }
  }

  static Picture of(WorkingDirectory root) throws IOException {
    Map<NodeId, There> nodes = new HashMap<>();
    Map<String, NodeId> ids = new HashMap<>(Map.of("", NodeId.ROOT));
    nodes.put(NodeId.ROOT, new There(NodeId.ROOT, "/", root.metadata("/")));
    root.walk("/")
        .forEach(
            (relative, entry) -> {
              String path = "/" + relative;
              ids.put(path, entry.child());
              String holder = path.substring(0, path.lastIndexOf('/'));
              nodes.put(entry.child(), new There(requireNonNull(ids.get(holder)), path, entry));
            });
    return new Picture(nodes);
  }

  /** Returns what each path holds, but for ids and versions. */
  Map<String, String> byPath() {
    Map<String, String> lines = new TreeMap<>();
    nodes.values().forEach(there -> lines.put(there.path(), describe(there.entry())));
    return lines;
  }

  private static String describe(Entry entry) {
    String what =
        entry instanceof Entry.File file
            ? file.size() + " " + file.sha256()
            : entry instanceof Entry.Symlink link ? link.target() : "";
    return entry.type() + " " + entry.attributes() + " " + what;
  }

  /** Returns the lines that tell what became of this picture in another. */
  TreeSet<String> differencesTo(Picture after) {
    TreeSet<String> lines = new TreeSet<>();
    Map<String, There> gone = new TreeMap<>();
    nodes.forEach(
        (node, was) -> {
          There is = after.nodes.get(node);
          if (is == null) {
            gone.put(was.path(), was);
          } else if (!was.place().equals(is.place()) && !was.path().equals(is.path())) {
            lines.add("MOVED " + was.path() + " -> " + is.path() + " " + changes(was, is));
          } else if (!changes(was, is).isEmpty()) {
            lines.add("CHANGED " + is.path() + " " + changes(was, is));
          }
        });
    after.nodes.forEach(
        (node, is) -> {
          There was = nodes.containsKey(node) ? is : gone.remove(is.path());
          if (was == null) {
            lines.add("ADDED " + is.path() + " []");
          } else if (!changes(was, is).isEmpty()) {
            lines.add("CHANGED " + is.path() + " " + changes(was, is));
          }
        });
    gone.keySet().forEach(path -> lines.add("REMOVED " + path + " []"));
    return lines;
  }

  private static TreeSet<String> changes(There was, There is) {
    TreeSet<String> changes = new TreeSet<>();
    if (was.entry().type() != is.entry().type()) {
      changes.add("TYPE");
    } else if (was.entry() instanceof Entry.File one
        && is.entry() instanceof Entry.File other
        && !one.sha256().equals(other.sha256())) {
      changes.add("CONTENT");
    } else if (was.entry() instanceof Entry.Symlink one
        && is.entry() instanceof Entry.Symlink other
        && !one.target().equals(other.target())) {
      changes.add("TARGET");
    }
    if (was.entry().attributes().mode() != is.entry().attributes().mode()) {
      changes.add("MODE");
    }
    if (was.entry().attributes().modifiedNanos() != is.entry().attributes().modifiedNanos()) {
      changes.add("MODIFIED");
    }
    return changes;
  }
}
