package io.duckpond;

import io.duckpond.transaction.Workspace;
import java.time.Clock;
import java.time.Instant;

/** When a transaction commits of itself. For its thread. */
final class SyncSchedule {
  static final CommitInfo INFO = CommitInfo.message("automatic sync");

  private final TransactionOptions.AutoSync options;
  private final Clock clock;
  private Instant last;

  /** Changes to names so far at which it is worth the trouble to count nodes. */
  private long nextCount;

  SyncSchedule(TransactionOptions.AutoSync options, Clock clock) {
    this.options = options;
    this.clock = clock;
    this.last = clock.instant();
    this.nextCount = options.maxDirtyNodes();
  }

  boolean isDue(Workspace workspace) {
    long touches = workspace.touches();
    if (touches == 0) {
      return false;
    }
    if (!clock.instant().isBefore(last.plus(options.every()))) {
      return true;
    }
    if (touches < nextCount) {
      return false;
    }
    int dirty = workspace.dirty().size();
    nextCount = touches + Math.max(1, options.maxDirtyNodes() - dirty);
    return dirty >= options.maxDirtyNodes();
  }

  void synced() {
    last = clock.instant();
    nextCount = options.maxDirtyNodes();
  }
}
