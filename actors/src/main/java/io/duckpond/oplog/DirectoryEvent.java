package io.duckpond.oplog;

import java.util.List;

/**
 * What one transaction did to one directory: one sequence number; its own row first.
 *
 * @param group the transaction while it is being written; {@link Group#STORED} once it was
 */
public record DirectoryEvent(Group group, List<OplogEntry> entries) {

  /** A transaction that is being written: its unique id, and how many join it. */
  public record Group(String txnId, int participants) {

    /** Of events that come from the log. */
    public static final Group STORED = new Group("", 0);
  }

  public DirectoryEvent {
    entries = List.copyOf(entries);
    if (entries.isEmpty() || !(entries.get(0) instanceof OplogEntry.DirectoryChanged)) {
      throw new IllegalArgumentException("an event begins with its directory's row");
    }
  }

  /** Returns the directory's own row. */
  public OplogEntry.DirectoryChanged own() {
    return (OplogEntry.DirectoryChanged) entries.get(0);
  }
}
