package io.duckpond;

/** What a repair may do about transactions that cannot be read. */
public enum RepairMode {
  /** Leave everything as it is rather than give up a transaction. */
  KEEP_ALL,
  /** Give up the end of the log, from the first transaction that cannot be read. */
  ACCEPT_LOSS
}
