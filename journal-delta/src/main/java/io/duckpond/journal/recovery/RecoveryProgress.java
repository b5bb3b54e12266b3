package io.duckpond.journal.recovery;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** How far a recovery has come; may be asked at any time, on any thread. */
public final class RecoveryProgress {
  private final AtomicLong partitions = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong totalRows = new AtomicLong(-1);
  private final AtomicLong totalBytes = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong mostHeld = new AtomicLong();

  RecoveryProgress() {}

  /** Returns how many persistence ids have been handed out. */
  public long partitions() {
    return partitions.get();
  }

  /** Returns how many events have been handed out, as read adapters have made them. */
  public long events() {
    return events.get();
  }

  /** Returns how many stored rows belong to what has been handed out. */
  public long rows() {
    return rows.get();
  }

  /** Returns how many rows there are in all; empty before the keys have been looked through. */
  public OptionalLong totalRows() {
    long known = totalRows.get();
    return known < 0 ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /** Returns the bytes of the data files that are read; 0 before they are known. */
  public long totalBytes() {
    return totalBytes.get();
  }

  /** Returns the bytes of stored events that are read, and not handed out yet. */
  public long heldBytes() {
    return held.get();
  }

  /** Returns the most that {@link #heldBytes} has been. */
  public long mostHeldBytes() {
    return mostHeld.get();
  }

  void total(long allRows, long allBytes) {
    totalRows.set(allRows);
    totalBytes.set(allBytes);
  }

  /** Told of stored bytes that are read, or, if negative, let go of. */
  void hold(long bytes) {
    long now = held.addAndGet(bytes);
    mostHeld.accumulateAndGet(now, Math::max);
  }

  void handedOut(long moreEvents, long moreRows) {
    partitions.incrementAndGet();
    events.addAndGet(moreEvents);
    rows.addAndGet(moreRows);
  }
}
