package io.duckpond.diff;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;

/**
 * A node in one of two trees.
 *
 * @param holder the directory that it stands in; of the root its own id
 * @param path absolute
 */
public record Item(NodeId holder, EntryName name, String path, Entry entry) {

  /** Returns the path of a name in a directory. */
  static String child(String directory, EntryName name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }

  /** Returns whether {@code path} is {@code top} or lies below it. */
  public static boolean isWithin(String path, String top) {
    return top.equals("/") || path.equals(top) || path.startsWith(top + "/");
  }
}
