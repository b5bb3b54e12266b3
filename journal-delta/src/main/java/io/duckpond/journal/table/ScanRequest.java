package io.duckpond.journal.table;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which records a scan returns. Files and row groups that cannot hold one are not opened.
 *
 * @param kinds the kinds wanted
 * @param partIds the partitions wanted; empty for all. The records of a staged file carry an id of
 *     their own: asked for by that id, they are chosen like any others; if the rows inside may
 *     belong to a wanted partition, all of the file's records are returned, for the caller to look
 *     into
 * @param range between which partitions; for records of kind event and deletion, whose partition is
 *     their own
 * @param fromVersion records whose last sequence number is below it are left out; 0 for all
 * @param toVersion records whose first sequence number is above it are left out
 * @param fromTxnSeq records whose last transaction is below it are left out; 0 for all
 * @param toTxnSeq records whose first transaction is above it are left out
 * @param content whether {@link LogRecord#content} is read and checked
 */
public record ScanRequest(
    Set<RecordKind> kinds,
    Optional<Set<String>> partIds,
    PartIdRange range,
    long fromVersion,
    long toVersion,
    long fromTxnSeq,
    long toTxnSeq,
    boolean content) {

  public ScanRequest {
    kinds = Set.copyOf(kinds);
    partIds = partIds.map(Set::copyOf);
  }

  /** Everything of the given kinds, content included. */
  public static ScanRequest of(RecordKind first, RecordKind... others) {
    return new ScanRequest(
        EnumSet.of(first, others),
        Optional.empty(),
        PartIdRange.ALL,
        0,
        Long.MAX_VALUE,
        0,
        Long.MAX_VALUE,
        true);
  }

  /** The same, of the given partitions only. */
  public ScanRequest partitions(Set<String> wanted) {
    return new ScanRequest(
        kinds, Optional.of(wanted), range, fromVersion, toVersion, fromTxnSeq, toTxnSeq, content);
  }

  /** The same, of the partitions within a range only. */
  public ScanRequest within(PartIdRange wanted) {
    return new ScanRequest(
        kinds, partIds, wanted, fromVersion, toVersion, fromTxnSeq, toTxnSeq, content);
  }

  /** The same, of sequence numbers {@code from} to {@code to}, both included. */
  public ScanRequest versions(long from, long to) {
    return new ScanRequest(kinds, partIds, range, from, to, fromTxnSeq, toTxnSeq, content);
  }

  /** The same, of transactions {@code from} to {@code to}, both included. */
  public ScanRequest transactions(long from, long to) {
    return new ScanRequest(kinds, partIds, range, fromVersion, toVersion, from, to, content);
  }

  /** The same, leaving {@link LogRecord#content} empty. */
  public ScanRequest withoutContent() {
    return new ScanRequest(
        kinds, partIds, range, fromVersion, toVersion, fromTxnSeq, toTxnSeq, false);
  }
}
