package io.duckpond.journal.arrow;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.RecordMerger;
import java.util.List;
import java.util.Optional;

/**
 * Puts the rows of several records into one, buffer by buffer, without decoding a value: columns
 * that the codec does not know are kept. Any thread.
 */
public final class StreamMerger implements RecordMerger {
  private final StreamDecoder rows;
  private final StreamDecoder markers;

  /** For the records of a table with this codec. */
  public StreamMerger(EventCodec codec) {
    this(codec.columns());
  }

  /** For the records of a table with these columns of a codec. */
  public StreamMerger(List<CodecColumn> columns) {
    this.rows = new StreamDecoder(StreamEncoder.schemaMessage(RecordCodec.schema(columns)));
    this.markers = new StreamDecoder(StreamEncoder.schemaMessage(TransactionCodec.SCHEMA));
  }

  @Override
  public Optional<byte[]> merge(List<LogRecord> records) {
    return StreamGathering.merged(records.stream().map(this::decoded).toList());
  }

  @Override
  public Sha256 digest(LogRecord record) {
    return new RowDigest().sum(decoded(record));
  }

  @Override
  public Gathering gathering() {
    return new StreamGathering(this);
  }

  /**
   * Returns the columns of a record. Rows that were written before their transaction had a number
   * take it from their record, and would lose it in another one: here they have it.
   */
  DecodedRecord decoded(LogRecord record) {
    boolean marker =
        record.kind() == RecordKind.TRANSACTION || record.kind() == RecordKind.DELETION;
    StreamDecoder.Batch batch =
        (marker ? markers : rows)
            .decode(record, decoded -> decoded)
            .filled(RecordCodec.TXN_SEQ, ColumnKind.INT64, record.txnSeq())
            .filled(RecordCodec.TIMESTAMP, ColumnKind.TIMESTAMP, record.timestampMicros());
    return new DecodedRecord(record, batch);
  }
}
