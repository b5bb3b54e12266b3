package io.duckpond.journal.arrow;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.RecordMerger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    byte[] first = records.get(0).content();
    int schema = StreamDecoder.schemaLength(first);
    int count = 0;
    List<StreamDecoder.Batch> batches = new ArrayList<>(records.size());
    for (LogRecord record : records) {
      byte[] content = record.content();
      boolean same =
          content.length >= schema && Arrays.equals(first, 0, schema, content, 0, schema);
      StreamDecoder.Batch batch = numbered(record);
      if (!same || record.kind() != records.get(0).kind() || !hasNumbers(batch)) {
        return Optional.empty();
      }
      batches.add(batch);
      count += batch.rows();
    }
    StreamAssembly stream = new StreamAssembly(count);
    for (String name : batches.get(0).columns().keySet()) {
      List<HeapColumn> parts = new ArrayList<>(batches.size());
      for (StreamDecoder.Batch batch : batches) {
        parts.add(batch.columns().get(name));
      }
      HeapColumn.append(stream, parts);
    }
    return Optional.of(stream.finish(Arrays.copyOf(first, schema)));
  }

  private static boolean hasNumbers(StreamDecoder.Batch batch) {
    return batch.columns().containsKey(RecordCodec.TXN_SEQ)
        && batch.columns().containsKey(RecordCodec.TIMESTAMP);
  }

  /**
   * Returns the batch of a record. Rows that were written before their transaction had a number
   * take it from their record, and would lose it in another one: here they have it.
   */
  private StreamDecoder.Batch numbered(LogRecord record) {
    StreamDecoder.Batch batch = decoder(record).decode(record, decoded -> decoded);
    Map<String, HeapColumn> columns = new LinkedHashMap<>(batch.columns());
    columns.computeIfPresent(
        RecordCodec.TXN_SEQ,
        (name, column) ->
            column.kind() == ColumnKind.INT64 ? column.filled(record.txnSeq()) : column);
    columns.computeIfPresent(
        RecordCodec.TIMESTAMP,
        (name, column) ->
            column.kind() == ColumnKind.TIMESTAMP
                ? column.filled(record.timestampMicros())
                : column);
    return new StreamDecoder.Batch(batch.rows(), columns);
  }

  @Override
  public Sha256 digest(LogRecord record) {
    StreamDecoder.Batch batch = numbered(record);
    List<Map.Entry<String, HeapColumn>> columns = List.copyOf(batch.columns().entrySet());
    RowDigest digest = new RowDigest(record, columns);
    Sha256 sum = Sha256.ZERO;
    for (int row = 0; row < batch.rows(); row++) {
      sum = sum.plus(digest.of(row));
    }
    return sum;
  }
}
