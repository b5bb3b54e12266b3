package io.duckpond.diff;

import io.duckpond.diff.Difference.Change;
import io.duckpond.node.NodeId;
import io.duckpond.view.Lineage;
import io.duckpond.view.Tree;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds what differs between two committed states. The log says which directories changed between
 * them; these, those on the way to them, and what was added or removed are read, nothing else.
 */
public final class TreeDiff {
  private TreeDiff() {}

  /** Returns what differs, in path order; of a moved directory what was moved with it is not. */
  public static List<Difference> of(TreeView before, TreeView after) throws IOException {
    return differences(compare(before, after));
  }

  private static Comparison compare(TreeView before, TreeView after) throws IOException {
    TreeView older = before.txnSeq() <= after.txnSeq() ? before : after;
    Lineage.Changed changed =
        older.lineage().changed(older.txnSeq(), Math.max(before.txnSeq(), after.txnSeq()));
    return Comparison.of(before, after, differing(older, changed, Set.of()), changed.born());
  }

  /**
   * Compares a committed state with a workspace over a later one.
   *
   * @param dirty directories of the pin with changes in the workspace
   * @param newborn directories that the workspace has created
   */
  public static Comparison compare(
      TreeView before, Tree workspace, Set<NodeId> dirty, Set<NodeId> newborn) throws IOException {
    Lineage.Changed changed = before.lineage().changed(before.txnSeq(), workspace.txnSeq());
    Set<NodeId> born = new HashSet<>(changed.born());
    born.addAll(newborn);
    Set<NodeId> later = new HashSet<>(dirty);
    later.removeAll(born);
    return Comparison.of(before, workspace, differing(before, changed, later), born);
  }

  /** A directory that hangs in both trees at one place has one way to it in both. */
  private static Set<NodeId> differing(TreeView older, Lineage.Changed changed, Set<NodeId> others)
      throws IOException {
    Set<NodeId> old = new HashSet<>(changed.all());
    old.addAll(others);
    old.removeAll(changed.born());
    return old.isEmpty() ? Set.of() : new Ways(older, older.lineage()).above(old);
  }

  private static List<Difference> differences(Comparison compared) {
    List<Difference> found = new ArrayList<>();
    for (Comparison.Changed changed : compared.changed()) {
      addChanged(found, changed.before(), changed.after());
    }
    Map<String, Item> gone = new TreeMap<>();
    for (Item item : compared.departed().values()) {
      Item now = compared.arrived().get(item.entry().child());
      if (now == null) {
        gone.put(item.path(), item);
      } else if (now.path().equals(item.path())
          || (now.holder().equals(item.holder()) && now.name().equals(item.name()))) {
        addChanged(found, item, now); // at most it went along with the directory that holds it
      } else {
        found.add(
            new Difference(
                now.path(),
                Optional.of(item.path()),
                Optional.of(item.entry()),
                Optional.of(now.entry()),
                Changes.between(item.entry(), now.entry())));
      }
    }
    for (Item item : compared.arrived().values()) {
      if (!compared.departed().containsKey(item.entry().child())) {
        Item replaced = gone.remove(item.path());
        if (replaced == null) {
          found.add(
              new Difference(
                  item.path(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(item.entry()),
                  Set.of()));
        } else {
          addChanged(found, replaced, item);
        }
      }
    }
    for (Item item : gone.values()) {
      found.add(
          new Difference(
              item.path(),
              Optional.empty(),
              Optional.of(item.entry()),
              Optional.empty(),
              Set.of()));
    }
    found.sort(
        Comparator.comparing(Difference::path, PathOrder.INSTANCE)
            .thenComparing(Difference::kind, Comparator.reverseOrder()));
    return Collections.unmodifiableList(found);
  }

  private static void addChanged(List<Difference> found, Item before, Item after) {
    Set<Change> changes = Changes.between(before.entry(), after.entry());
    if (!changes.isEmpty()) {
      found.add(
          new Difference(
              after.path(),
              Optional.empty(),
              Optional.of(before.entry()),
              Optional.of(after.entry()),
              changes));
    }
  }
}
