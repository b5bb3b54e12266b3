package io.duckpond.journal.check;

/** How much of a table a check reads. */
public enum CheckDepth {
  /** The log, and names and sizes of data files. */
  LOG,
  /** Every byte. */
  EVERY_BYTE
}
