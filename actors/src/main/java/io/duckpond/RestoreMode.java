package io.duckpond;

/** How much a restore reads. */
public enum RestoreMode {
  /** The log; afterwards {@code snapshots/} is rewritten. */
  LOG,
  /** The log and every byte of {@code contents/}; writes nothing. */
  VERIFY
}
