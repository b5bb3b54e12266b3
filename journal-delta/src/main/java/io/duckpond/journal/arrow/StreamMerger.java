package io.duckpond.journal.arrow;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.RecordMerger;
import java.util.ArrayList;
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

  private StreamDecoder decoder(LogRecord record) {
    return record.kind() == RecordKind.TRANSACTION || record.kind() == RecordKind.DELETION
        ? markers
        : rows;
  }

  @Override
  public Optional<byte[]> merge(List<LogRecord> records) {
    int count = 0;
    List<StreamDecoder.Batch> batches = new ArrayList<>(records.size());
    for (LogRecord record : records) {
      StreamDecoder.Batch batch = numbered(record);
      StoredSchema schema = batches.isEmpty() ? batch.schema() : batches.get(0).schema();
      if (!batch.schema().isSameAs(schema)
          || record.kind() != records.get(0).kind()
          || !hasNumbers(schema)) {
        return Optional.empty();
      }
      batches.add(batch);
      count += batch.rows();
    }
    StreamAssembly stream = new StreamAssembly(count);
    StoredSchema schema = batches.get(0).schema();
    for (StoredSchema.Named column : schema.named()) {
      List<HeapColumn> parts = new ArrayList<>(batches.size());
      for (StreamDecoder.Batch batch : batches) {
        parts.add(batch.columns().get(column.place()));
      }
      HeapColumn.append(stream, parts);
    }
    return Optional.of(stream.finish(schema.prefix()));
  }

  private static boolean hasNumbers(StoredSchema schema) {
    return schema.place(RecordCodec.TXN_SEQ) >= 0 && schema.place(RecordCodec.TIMESTAMP) >= 0;
  }

  /**
   * Returns the batch of a record. Rows that were written before their transaction had a number
   * take it from their record, and would lose it in another one: here they have it.
   */
  private StreamDecoder.Batch numbered(LogRecord record) {
    return decoder(record)
        .decode(record, batch -> batch)
        .filled(RecordCodec.TXN_SEQ, ColumnKind.INT64, record.txnSeq())
        .filled(RecordCodec.TIMESTAMP, ColumnKind.TIMESTAMP, record.timestampMicros());
  }

  @Override
  public Sha256 digest(LogRecord record) {
    StreamDecoder.Batch batch = numbered(record);
    RowDigest digest = new RowDigest(record, batch);
    Sha256 sum = Sha256.ZERO;
    for (int row = 0; row < batch.rows(); row++) {
      sum = sum.plus(digest.of(row));
    }
    return sum;
  }
}
