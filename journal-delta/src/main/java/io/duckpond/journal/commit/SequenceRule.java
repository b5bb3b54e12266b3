package io.duckpond.journal.commit;

/** What a queue demands of the sequence numbers of one partition. */
public enum SequenceRule {
  /** Nothing: a later write of a number replaces the earlier one (snapshots). */
  FREE,
  /** Each is larger than the one before. */
  INCREASING,
  /** Each is the one before and one more. */
  GAPLESS
}
