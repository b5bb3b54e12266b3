package io.duckpond.check;

import io.duckpond.Finding;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.Published;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees whether the directories that events have left make a tree: every one reached once from the
 * root, no node under two names, no circle, and every file's bytes where its entry says.
 */
final class TreeCheck {
  private static final String BUG =
      "no damaged file explains this: please report it; --as-of shows earlier states";

  private final Map<NodeId, Published> directories;
  private final Paths paths = new Paths();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<NodeId> seen = new HashSet<>();

  TreeCheck(Map<NodeId, Published> directories) {
    this.directories = directories;
  }

  /** Gets what a tree refers to. */
  interface References {
    /** Gets a file. */
    void file(String path, Entry.File file, ContentLocator.Logged place);

    /** Gets a directory of which there is no event. */
    void lost(String path, NodeId directory);
  }

  /** Walks from the root; then looks at what hangs from nothing. */
  void run(References references) {
    if (!directories.containsKey(NodeId.ROOT)) {
      bad("/", "a root directory", "no event of it");
    }
    Deque<NodeId> next = new ArrayDeque<>();
    seen.add(NodeId.ROOT);
    next.add(NodeId.ROOT);
    while (!next.isEmpty()) {
      NodeId directory = next.remove();
      Published state = directories.get(directory);
      if (state != null) {
        state
            .state()
            .entries()
            .forEach((name, entry) -> visit(directory, name, entry, next, references));
      }
    }
    findCircles();
  }

  private void visit(
      NodeId directory, EntryName name, Entry entry, Deque<NodeId> next, References references) {
    if (!seen.add(entry.child())) {
      bad(
          paths.of(directory, name.value()),
          "a node of its own",
          "node "
              + entry.child()
              + ", which has another name already"
              + paths.of(entry.child()).map(path -> ": " + path).orElse(""));
      return;
    }
    if (entry.version() < 1) {
      bad(paths.of(directory, name.value()), "a version from 1", "version " + entry.version());
    }
    if (entry instanceof Entry.Directory) {
      paths.add(directory, name.value(), entry.child());
      if (directories.containsKey(entry.child())) {
        next.add(entry.child());
      } else {
        references.lost(paths.of(directory, name.value()), entry.child());
      }
    } else if (entry instanceof Entry.File file) {
      if (file.content() instanceof ContentLocator.Logged place) {
        references.file(paths.of(directory, name.value()), file, place);
      } else {
        bad(paths.of(directory, name.value()), "a place of its bytes in the log", "none");
      }
    }
  }

  /** A removed directory hangs from nothing, too, but at the end of its ancestors is an end. */
  private void findCircles() {
    Map<NodeId, NodeId> parents = new HashMap<>();
    directories.forEach(
        (directory, state) -> {
          if (!seen.contains(directory)) {
            for (Entry entry : state.state().entries().values()) {
              if (entry instanceof Entry.Directory && !seen.contains(entry.child())) {
                parents.put(entry.child(), directory);
              }
            }
          }
        });
    Set<NodeId> done = new HashSet<>();
    for (NodeId start : parents.keySet()) {
      Set<NodeId> way = new HashSet<>();
      NodeId at = start;
      while (at != null && done.add(at)) {
        way.add(at);
        at = parents.get(at);
      }
      if (at != null && way.contains(at)) {
        bad("directory " + at, "ancestors up to the root", "itself among its ancestors");
      }
    }
  }

  void bad(String subject, String expected, String found) {
    findings.add(Finding.of(Finding.Kind.BAD_TREE, true, subject, expected, found, BUG));
  }

  Paths paths() {
    return paths;
  }

  List<Finding> findings() {
    return findings;
  }
}
