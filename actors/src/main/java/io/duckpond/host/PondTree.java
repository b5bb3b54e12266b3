package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The nodes of a pond that are to be copied out, without what is left out. */
final class PondTree {
  private final WorkingDirectory root;
  private final Exclusions exclusions;

  /**
   * A node on its way out.
   *
   * @param path where it stands in the pond
   * @param relative its path below the source; empty for the source itself
   * @param name what it is called on the host
   */
  record Item(String path, String relative, EntryName name, Entry entry) {}

  PondTree(WorkingDirectory root, Exclusions exclusions) {
    this.root = root;
    this.exclusions = exclusions;
  }

  /** Returns what a source puts into a host directory where it is called {@code name}. */
  List<Item> below(String path, String relative) throws IOException {
    List<Item> children = new ArrayList<>();
    for (Map.Entry<EntryName, Entry> each : root.list(path).entrySet()) {
      EntryName name = each.getKey();
      String below = relative.isEmpty() ? name.value() : relative + "/" + name;
      if (!exclusions.match(below, name.value(), each.getValue().isDirectory())) {
        String child = path.endsWith("/") ? path + name : path + "/" + name;
        children.add(new Item(child, below, name, each.getValue()));
      }
    }
    return children;
  }

  List<Item> below(Item directory) throws IOException {
    return below(directory.path(), directory.relative());
  }
}
