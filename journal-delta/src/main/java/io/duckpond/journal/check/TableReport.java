package io.duckpond.journal.check;

import io.duckpond.journal.table.JournalHead;
import java.util.List;

/** What a check found, and how much it looked at. */
public final class TableReport {
  private final LogState state;
  private final List<Finding> findings;
  private final List<DamagedFile> damagedFiles;
  private final long files;
  private final long bytes;

  TableReport(
      LogState state,
      List<Finding> findings,
      List<DamagedFile> damagedFiles,
      long files,
      long bytes) {
    this.state = state;
    this.findings = List.copyOf(findings);
    this.damagedFiles = List.copyOf(damagedFiles);
    this.files = files;
    this.bytes = bytes;
  }

  /** Returns all that was found, the log first, then data files, then leftovers. */
  public List<Finding> findings() {
    return findings;
  }

  /** Returns whether anything is damaged; leftovers are not. */
  public boolean damaged() {
    return findings.stream().anyMatch(Finding::damage);
  }

  /** Returns the data files that are damaged or not there. */
  public List<DamagedFile> damagedFiles() {
    return damagedFiles;
  }

  /** Returns whether the log is whole: everything it says can be relied on. */
  public boolean logIsSound() {
    return state.isSound();
  }

  /** Returns the last transaction before anything in the log is damaged; 0 if there is none. */
  public long txnSeq() {
    return state.soundHead().map(JournalHead::txnSeq).orElse(0L);
  }

  /** Returns its time, microseconds since the epoch. */
  public long timestampMicros() {
    return state.soundHead().map(JournalHead::timestampMicros).orElse(0L);
  }

  /** Returns how many log entries could be read. */
  public long entries() {
    return state.entries();
  }

  /** Returns how many data files were looked at. */
  public long files() {
    return files;
  }

  /** Returns how many bytes of records were read. */
  public long bytes() {
    return bytes;
  }

  LogState state() {
    return state;
  }
}
