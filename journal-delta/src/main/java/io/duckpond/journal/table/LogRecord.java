package io.duckpond.journal.table;

import io.duckpond.journal.disk.Sha256;

/**
 * One row of the table: what one flush, or one compaction, holds of one partition.
 *
 * <p>A number of 0 and an empty {@code partId} are null in the table. Rows of a staged file are
 * written before their transaction has a number: a scan fills {@code firstTxnSeq}, {@code txnSeq}
 * and {@code timestampMicros} from what the commit says of the file.
 *
 * @param partId the partition (persistence id)
 * @param kind what {@code content} holds
 * @param firstVersion first sequence number inside
 * @param version last sequence number inside
 * @param firstTxnSeq first transaction inside
 * @param txnSeq last transaction inside
 * @param timestampMicros microseconds since the epoch, UTC, of the last transaction
 * @param count inner rows
 * @param sha256 of {@code content}, checked by every scan that reads it
 * @param content one Arrow IPC stream, owned by this record and never changed; empty if a scan did
 *     not ask for it
 */
@SuppressWarnings("ArrayRecordComponent") // holds megabytes; compared by sha256, never by content
public record LogRecord(
    String partId,
    RecordKind kind,
    long firstVersion,
    long version,
    long firstTxnSeq,
    long txnSeq,
    long timestampMicros,
    int count,
    Sha256 sha256,
    byte[] content)
    implements FlushRecord {

  @Override
  public LogRecord record() {
    return this;
  }
}
