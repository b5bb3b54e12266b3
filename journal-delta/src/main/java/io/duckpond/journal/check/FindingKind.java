package io.duckpond.journal.check;

import java.util.Locale;

/** What can be wrong with a file of a table; scripts know them by {@link #storedName}. */
public enum FindingKind {
  /** A data file that no log entry lists. */
  ORPHAN,
  /** A file that was being written when its writer ended. */
  TEMPORARY,
  /** A file of no use to this program, written by another one, such as a checksum of a version. */
  STALE_CRC,
  /** A data file that the log lists is not there. */
  MISSING,
  /** A data file has another size than the log says. */
  WRONG_SIZE,
  /** Bytes are not those that were written. */
  FLIPPED,
  /** A log entry ends before its end. */
  TORN,
  /** Log entries are missing. */
  GAP,
  /** Another program has written a log entry. */
  FOREIGN_COMMIT,
  /** A log entry does not follow the one before it. */
  BROKEN_CHAIN,
  /** Transactions or times go back from one log entry to the next. */
  OUT_OF_ORDER,
  /** A checkpoint cannot be read, or says something else than the log entries. */
  BAD_CHECKPOINT,
  /** The hint at the newest checkpoint is no such hint, or the checkpoint is not there. */
  BAD_LAST_CHECKPOINT,
  /** A record's digest, form or sequence number is wrong. */
  BAD_RECORD,
  /** The disk does not hand out a file. */
  UNREADABLE;

  /** Returns the name in lower case, its words joined by hyphens. */
  public String storedName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
