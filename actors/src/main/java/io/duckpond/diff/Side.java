package io.duckpond.diff;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.view.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one of two trees holds at a place where the other does not hold it. */
final class Side {
  private final Tree tree;
  private final Set<NodeId> onlyHere;
  private final Map<NodeId, Item> items = new LinkedHashMap<>();
  private final Set<NodeId> expanded = new HashSet<>();
  private List<Item> surelyOnlyHere = new ArrayList<>();
  private List<Item> perhapsElsewhere = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param onlyHere directories that the other tree cannot have, if they are in this one
   */
  Side(Tree tree, Set<NodeId> onlyHere) {
    this.tree = tree;
    this.onlyHere = onlyHere;
  }

  Tree tree() {
    return tree;
  }

  Map<NodeId, Item> items() {
    return items;
  }

  void add(Item item) {
    NodeId node = item.entry().child();
    items.put(node, item);
    if (item.entry() instanceof Entry.Directory) {
      (onlyHere.contains(node) ? surelyOnlyHere : perhapsElsewhere).add(item);
    }
  }

  /** Notes that the children are among the items; returns false if they were already. */
  boolean expand(NodeId directory) {
    return expanded.add(directory);
  }

  boolean isExpanded(NodeId directory) {
    return expanded.contains(directory);
  }

  List<Item> takeSurelyOnlyHere() {
    List<Item> taken = surelyOnlyHere;
    surelyOnlyHere = new ArrayList<>();
    return taken;
  }

  List<Item> takePerhapsElsewhere() {
    List<Item> taken = perhapsElsewhere;
    perhapsElsewhere = new ArrayList<>();
    return taken;
  }
}
