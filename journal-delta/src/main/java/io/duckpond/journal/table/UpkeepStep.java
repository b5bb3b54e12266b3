package io.duckpond.journal.table;

/** A part of {@link LogTable#maintain}. They are done in this order. */
public enum UpkeepStep {
  /** Merges the data files into as few as there can be. */
  MERGE,
  /** Removes the files that no reader needs any more, and what killed writers have left. */
  VACUUM,
  /** Writes a checkpoint, and removes what it makes needless. */
  CHECKPOINT
}
