package io.duckpond;

/** How much of a pond a check reads. */
public enum CheckMode {
  /** The log, every event in it, the tree they make, and the names and sizes of all files. */
  USUAL,
  /** Every byte. */
  DEEP
}
