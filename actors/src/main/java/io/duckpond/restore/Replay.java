package io.duckpond.restore;

import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.names.NameMap;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectorySnapshot;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.view.Published;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One directory being rebuilt from its events, which come in any order. Each is applied as soon as
 * all before it are, so that only states, not histories, take memory. Any thread.
 */
public final class Replay {
  private final NodeId directory;
  private final NavigableMap<Long, LoggedEvent> waiting = new TreeMap<>();
  private DirectoryState state = DirectoryState.EMPTY;
  private long txnSeq;
  private long timestampMicros;

  /** Of a directory of which no event has been seen. */
  public Replay(NodeId directory) {
    this.directory = directory;
  }

  /** Goes on from a snapshot. */
  Replay(DirectorySnapshot base) {
    this.directory = base.directory();
    this.state = new DirectoryState(base.seqNr(), base.own(), base.entries());
    this.txnSeq = base.txnSeq();
    this.timestampMicros = base.timestampMicros();
  }

  /** Takes an event; one that was there already, or that does not fit, is damage. */
  public synchronized void add(LoggedEvent event) {
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
    timestampMicros = event.timestampMicros();
  }

  private static DamageException damage(LoggedEvent event, String what) {
    return new DamageException(
        String.format(
            "partition [%s]: event [%d] of transaction [%d] %s",
            event.directory(), event.seqNr(), event.txnSeq(), what));
  }

  /** Returns what was rebuilt, once all events have been added; an event missing is damage. */
  public synchronized Published end() {
    if (state.seqNr() == 0 && waiting.isEmpty()) {
      throw new DamageException("partition [" + directory + "]: the log has no event of it");
    }
    if (!waiting.isEmpty()) {
      throw new DamageException(
          String.format(
              "partition [%s]: event [%d] is missing, though event [%d] is there",
              directory, state.seqNr() + 1, waiting.firstKey()));
    }
    return Published.loaded(txnSeq, timestampMicros, state);
  }

  /** Returns whether an event came, in its turn or ahead of it. */
  public synchronized boolean has(long seqNr) {
    return seqNr <= state.seqNr() || waiting.containsKey(seqNr);
  }

  /**
   * Returns what can be made of the events that came, over gaps and whatever does not fit: good
   * enough to name paths by, and for nothing else. Its sequence number is that before the first
   * gap.
   */
  public synchronized Published guess() {
    NameMap<Entry> entries = state.entries();
    for (LoggedEvent event : waiting.values()) {
      for (DirectoryEntry change : event.event().own().changes()) {
        entries =
            change.after().isPresent()
                ? entries.plus(change.name(), change.after().get())
                : entries.minus(change.name());
      }
    }
    return Published.loaded(
        txnSeq, timestampMicros, new DirectoryState(state.seqNr(), state.own(), entries));
  }
}
