package io.duckpond.feed;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.Link;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the directories of one state stand, kept as transactions change it. */
final class DirectoryPaths {
  /** Directories that were removed are forgotten when there may be as many as others. */
  private static final int MARGIN = 1000;

  private final Map<NodeId, Link> links = new HashMap<>();
  private int tidyAt = MARGIN;

  /** Learns all directories of a state. */
  void learn(Tree tree) throws IOException {
    tree.loadAll();
    Deque<NodeId> toVisit = new ArrayDeque<>();
    toVisit.add(NodeId.ROOT);
    while (!toVisit.isEmpty()) {
      NodeId directory = toVisit.remove();
      tree.directory(directory)
          .entries()
          .forEach(
              (name, entry) -> {
                if (entry instanceof Entry.Directory) {
                  links.put(entry.child(), new Link(directory, name));
                  toVisit.add(entry.child());
                }
              });
    }
    tidyAt = 2 * links.size() + MARGIN;
  }

  void put(NodeId directory, EntryName name, Entry entry) {
    if (entry instanceof Entry.Directory) {
      links.put(entry.child(), new Link(directory, name));
    }
  }

  void remove(Entry entry) {
    links.remove(entry.child());
  }

  String of(NodeId directory, EntryName name) {
    StringBuilder path = new StringBuilder("/").append(name.value());
    for (Link link = links.get(directory); link != null; link = links.get(link.parent())) {
      path.insert(0, link.name().value()).insert(0, '/');
    }
    return path.toString();
  }

  /** Forgets what was below directories that were removed, now and then. */
  void tidy() {
    if (links.size() > tidyAt) {
      links
          .keySet()
          .retainAll(links.keySet().stream().filter(this::reachesRoot).collect(Collectors.toSet()));
      tidyAt = 2 * links.size() + MARGIN;
    }
  }

  private boolean reachesRoot(NodeId directory) {
    NodeId at = directory;
    for (Link link = links.get(at); link != null; link = links.get(at)) {
      at = link.parent();
    }
    return at.equals(NodeId.ROOT);
  }
}
