package io.duckpond.diff;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks two trees together where they may differ, and gathers three things: nodes that have the
 * same place in both but another entry, nodes that have a place in the first which they do not have
 * in the second, and the reverse. A node that is in both of the latter was moved.
 *
 * <p>A directory that has been moved is compared with itself, however large it is. One that is in
 * one tree only is listed with all below it, those first that the other cannot have: what was moved
 * into or out of them is thereby mostly known before anything is listed in vain.
 */
public final class Comparison {

  /** A directory in both trees, and how each names it. */
  private record Pair(NodeId directory, String before, String after) {}

  /** A node that both trees hold at one place, with different entries. */
  public record Changed(Item before, Item after) {}

  private final Side before;
  private final Side after;
  private final Set<NodeId> differing;
  private final List<Changed> changed = new ArrayList<>();
  private List<Pair> pairs = new ArrayList<>();

  private Comparison(Side before, Side after, Set<NodeId> differing) {
    this.before = before;
    this.after = after;
    this.differing = differing;
  }

  /**
   * Compares two trees.
   *
   * @param differing directories that differ, and all that are above one
   * @param born directories that only one of the trees can have
   */
  static Comparison of(Tree before, Tree after, Set<NodeId> differing, Set<NodeId> born)
      throws IOException {
    Comparison comparison =
        new Comparison(new Side(before, born), new Side(after, born), differing);
    if (differing.contains(NodeId.ROOT)) {
      comparison.compareRoots();
      comparison.pairs.add(new Pair(NodeId.ROOT, "/", "/"));
      comparison.run();
    }
    return comparison;
  }

  /** Returns nodes at the same place in both trees that are not the same. */
  public List<Changed> changed() {
    return changed;
  }

  /** Returns whether a directory that has one place in both trees may differ, or what is below. */
  public boolean mayDiffer(NodeId directory) {
    return differing.contains(directory);
  }

  /** Returns what the first tree holds where the second does not, by node. */
  public Map<NodeId, Item> departed() {
    return before.items();
  }

  /** Returns what the second tree holds where the first does not, by node. */
  public Map<NodeId, Item> arrived() {
    return after.items();
  }

  private void compareRoots() throws IOException {
    Item old = root(before.tree());
    Item now = root(after.tree());
    if (!old.entry().equals(now.entry())) {
      changed.add(new Changed(old, now));
    }
  }

  private static Item root(Tree tree) throws IOException {
    Attributes own = tree.directory(NodeId.ROOT).own().orElse(new Attributes(0755, 0));
    return new Item(NodeId.ROOT, new EntryName("root"), "/", new Entry.Directory(NodeId.ROOT, own));
  }

  private void run() throws IOException {
    boolean more = true;
    while (more) {
      more =
          comparePairs()
              || expand(before, after, before.takeSurelyOnlyHere())
              || expand(after, before, after.takeSurelyOnlyHere())
              || expand(before, after, before.takePerhapsElsewhere())
              || expand(after, before, after.takePerhapsElsewhere());
    }
  }

  private boolean comparePairs() throws IOException {
    List<Pair> taken = pairs;
    pairs = new ArrayList<>();
    Set<NodeId> directories = new HashSet<>();
    taken.forEach(pair -> directories.add(pair.directory()));
    before.tree().load(directories);
    after.tree().load(directories);
    for (Pair pair : taken) {
      compare(pair);
    }
    return !taken.isEmpty();
  }

  private void compare(Pair pair) throws IOException {
    NodeId directory = pair.directory();
    DirectoryState old = before.tree().directory(directory);
    DirectoryState now = after.tree().directory(directory);
    for (Map.Entry<EntryName, Entry> each : old.entries().entrySet()) {
      EntryName name = each.getKey();
      Item there = new Item(directory, name, Item.child(pair.before(), name), each.getValue());
      Optional<Entry> found = now.get(name);
      if (found.isPresent() && found.get().child().equals(each.getValue().child())) {
        Item here = new Item(directory, name, Item.child(pair.after(), name), found.get());
        compareSameNode(there, here);
      } else {
        add(before, after, there);
      }
    }
    for (Map.Entry<EntryName, Entry> each : now.entries().entrySet()) {
      EntryName name = each.getKey();
      Optional<Entry> was = old.get(name);
      if (was.isEmpty() || !was.get().child().equals(each.getValue().child())) {
        add(
            after,
            before,
            new Item(directory, name, Item.child(pair.after(), name), each.getValue()));
      }
    }
  }

  private void compareSameNode(Item there, Item here) {
    if (!there.entry().equals(here.entry())) {
      changed.add(new Changed(there, here));
    }
    pair(there, here);
  }

  private void pair(Item there, Item here) {
    if (there.entry() instanceof Entry.Directory && differing.contains(there.entry().child())) {
      pairs.add(new Pair(there.entry().child(), there.path(), here.path()));
    }
  }

  private void add(Side side, Side other, Item item) throws IOException {
    side.add(item);
    NodeId node = item.entry().child();
    Item counterpart = other.items().get(node);
    if (counterpart == null) {
      return;
    }
    if (other.isExpanded(node)) {
      list(side, other, item);
    } else if (side == before) {
      pair(item, counterpart);
    } else {
      pair(counterpart, item);
    }
  }

  private boolean expand(Side side, Side other, List<Item> directories) throws IOException {
    List<Item> single = new ArrayList<>(directories);
    single.removeIf(item -> other.items().containsKey(item.entry().child()));
    Set<NodeId> ids = new HashSet<>();
    single.forEach(item -> ids.add(item.entry().child()));
    side.tree().load(ids);
    for (Item item : single) {
      if (!other.items().containsKey(item.entry().child())) {
        list(side, other, item);
      }
    }
    return !directories.isEmpty();
  }

  private void list(Side side, Side other, Item item) throws IOException {
    NodeId directory = item.entry().child();
    if (item.entry() instanceof Entry.Directory && side.expand(directory)) {
      for (Map.Entry<EntryName, Entry> each :
          side.tree().directory(directory).entries().entrySet()) {
        EntryName name = each.getKey();
        add(side, other, new Item(directory, name, Item.child(item.path(), name), each.getValue()));
      }
    }
  }
}
