package io.duckpond.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Every state that a pond has had, as those saw it who were told of their commits. */
final class ModelHistory {
  private final List<ModelTree> trees = new ArrayList<>();

  /**
   * Acknowledged, and not yet in a tree: the changes of one transaction may be several callers'.
   */
  private final NavigableMap<Long, List<ModelChange>> told = new TreeMap<>();

  private long acknowledged;
  private long found;
  private long asked = 1; // at first, for transaction 1

  /** Returns what a process after a crash may rely on: what had been acknowledged. */
  ModelHistory acknowledged(long txnSeq) {
    ModelHistory part = new ModelHistory();
    part.trees.addAll(trees.subList(0, Math.toIntExact(txnSeq)));
    part.acknowledged = txnSeq;
    part.found = txnSeq;
    part.asked = txnSeq > 0 ? 0 : 1;
    return part;
  }

  /**
   * Takes from what happened before a crash what was found after it. Beyond what had been
   * acknowledged another crash may take it away, until something is that builds on it.
   */
  void found(ModelHistory before, long txnSeq) {
    trees.addAll(before.trees.subList(trees.size(), Math.toIntExact(txnSeq)));
    found = txnSeq;
    asked = 0;
  }

  /** Returns the newest transaction whose tree is known. */
  long known() {
    return trees.size();
  }

  /** Returns the newest transaction that somebody was told of. */
  long acknowledged() {
    return acknowledged;
  }

  /** Returns how many commits beyond those acknowledged may be found after a crash. */
  long asked() {
    return Math.max(found - acknowledged, 0) + asked;
  }

  /** Notes that a commit is asked for. */
  void ask() {
    asked++;
  }

  /** Notes that a commit is answered, however. */
  void answer() {
    asked--;
  }

  /** Returns the tree after a transaction. */
  ModelTree at(long txnSeq) {
    return trees.get(Math.toIntExact(txnSeq) - 1);
  }

  /** Notes that the pond was created. */
  void created() {
    trees.add(ModelTree.EMPTY);
    acknowledged = 1;
    asked = 0;
  }

  /** Notes that a change was acknowledged as a transaction, in whatever order. */
  void committed(long txnSeq, ModelChange change) {
    told.computeIfAbsent(txnSeq, seq -> new ArrayList<>()).add(change);
    acknowledged = Math.max(acknowledged, txnSeq);
  }

  /**
   * Makes trees of all that was acknowledged; called when nobody waits for an answer.
   *
   * @throws AssertionError if a transaction is missing, or should have been refused as a conflict
   */
  void settle() {
    while (!told.isEmpty()) {
      long txnSeq = told.firstKey();
      if (txnSeq != known() + 1) {
        throw new AssertionError(
            "transaction " + txnSeq + " was acknowledged, but nothing between it and " + known());
      }
      ModelTree tree = at(known());
      for (ModelChange change : told.pollFirstEntry().getValue()) {
        ModelTree before = tree;
        tree =
            change
                .on(before)
                .orElseThrow(
                    () -> new AssertionError("transaction " + txnSeq + " hides a conflict"));
      }
      trees.add(tree);
    }
  }
}
