package io.duckpond;

import io.duckpond.journal.disk.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a check found, and what it looked at.
 *
 * @param findings damage and leftovers, the log's first
 * @param txnSeq the last transaction before anything in the log is damaged; 0 if there is none
 * @param contentRoot the tree hash of filesystem.md; empty if damage leaves no such tree
 * @param partitions directories rebuilt, removed ones included
 * @param events replayed
 * @param files looked at, of the log and of {@code contents/}
 * @param bytes read from the records of the log and from {@code contents/}
 */
public record CheckReport(
    List<Finding> findings,
    long txnSeq,
    Optional<Sha256> contentRoot,
    long partitions,
    long events,
    long files,
    long bytes,
    Duration took) {

  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** Returns whether anything is damaged; leftovers are not. */
  public boolean damaged() {
    return findings.stream().anyMatch(Finding::damage);
  }
}
