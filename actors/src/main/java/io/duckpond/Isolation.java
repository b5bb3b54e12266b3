package io.duckpond;

/** What a transaction may have read that others have changed by the time it commits. */
public enum Isolation {
  /**
   * Anything, but nothing that it changes itself: it saw one committed state, and no change of
   * others is lost.
   */
  SNAPSHOT,
  /**
   * Nothing: whatever it looked up (there or not), listed or read is still so when it commits, or
   * the commit is a conflict. Its effect is as if it had run at that moment, alone. One that
   * changes nothing saw one committed state anyhow, and never meets a conflict.
   */
  SERIALIZABLE
}
