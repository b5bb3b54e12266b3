package io.duckpond.transaction;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.TreeView;
import java.util.Collection;
import java.util.Optional;

/** What mutants of this package call instead. Takes the receiver and the arguments of the call. */
public final class CommitterSubstitutes {
  private static Optional<CommittedStates> shown = Optional.empty();

  private CommitterSubstitutes() {}

  /** For making contents durable: nothing. */
  public static void unsynced(CommitLog log, Collection<Sha256> contents) {}

  /** For the newest tree: that, and notes what shows it. */
  public static TreeView noted(CommittedStates states) {
    shown = Optional.of(states);
    return states.newest();
  }

  /** For taking note of what was decided: shows it to readers at once. */
  public static void show(Running transaction, Verdict verdict) {
    transaction.decided(verdict);
    CommittedStates states = shown.orElseThrow();
    states.publish(
        states.txnSeq() + 1,
        0,
        transaction.decision().directories().stream()
            .map(Decision.OfDirectory::published)
            .toList());
  }
}
