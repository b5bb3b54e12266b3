package io.duckpond;

/** A part of {@link Pond#maintain}; merging comes first. */
public enum MaintenanceTask {
  /** Merges the log's data files into as few as there can be. */
  COMPACT,
  /** Makes a checkpoint of the log, and removes what it makes needless. */
  CHECKPOINT,
  /**
   * Removes files that nobody needs any more: merged ones, contents that no version refers to, and
   * what killed processes have left.
   */
  VACUUM
}
