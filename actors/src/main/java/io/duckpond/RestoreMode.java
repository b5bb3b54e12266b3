package io.duckpond;

/** How much a restore reads. */
public enum RestoreMode {
  /** The log. */
  LOG,
  /** The log and every byte of {@code contents/}. */
  VERIFY
}
