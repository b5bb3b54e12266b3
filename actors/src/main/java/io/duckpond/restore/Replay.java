package io.duckpond.restore;

import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.view.Published;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One directory being rebuilt from its events, which come in any order. Each is applied as soon as
 * all before it are, so that only states, not histories, take memory. Any thread.
 */
final class Replay {
  private final NodeId directory;
  private final NavigableMap<Long, LoggedEvent> waiting = new TreeMap<>();
  private DirectoryState state = DirectoryState.EMPTY;
  private long txnSeq;

  Replay(NodeId directory) {
    this.directory = directory;
  }

  synchronized void add(LoggedEvent event) {
    if (event.seqNr() <= state.seqNr() || waiting.put(event.seqNr(), event) != null) {
      throw damage(event, "stands in the log twice");
    }
    while (!waiting.isEmpty() && waiting.firstKey() == state.seqNr() + 1) {
      apply(waiting.pollFirstEntry().getValue());
    }
  }

  private void apply(LoggedEvent event) {
    if (event.txnSeq() < txnSeq) {
      throw damage(event, "follows one of transaction [" + txnSeq + "]");
    }
    try {
      state = state.apply(event);
    } catch (IllegalStateException e) {
      throw damage(event, "does not fit what was before: " + e.getMessage());
    }
    txnSeq = event.txnSeq();
  }

  private static DamageException damage(LoggedEvent event, String what) {
    return new DamageException(
        String.format(
            "partition [%s]: event [%d] of transaction [%d] %s",
            event.directory(), event.seqNr(), event.txnSeq(), what));
  }

  /** Returns what was rebuilt, once all events have been added; an event missing is damage. */
  synchronized Published end() {
    if (state.seqNr() == 0 && waiting.isEmpty()) {
      throw new DamageException("partition [" + directory + "]: the log has no event of it");
    }
    if (!waiting.isEmpty()) {
      throw new DamageException(
          String.format(
              "partition [%s]: event [%d] is missing, though event [%d] is there",
              directory, state.seqNr() + 1, waiting.firstKey()));
    }
    return Published.loaded(txnSeq, state);
  }
}
