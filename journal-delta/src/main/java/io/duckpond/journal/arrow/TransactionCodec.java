package io.duckpond.journal.arrow;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The content of records of kind {@code transaction}: a one-row Arrow IPC stream of {@code txn_seq}
 * (int64) and {@code bytes} (binary), the application's own words about the transaction. Any
 * thread.
 */
public final class TransactionCodec implements AutoCloseable {
  private static final String TXN_SEQ = "txn_seq";
  private static final String BYTES = "bytes";
  static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field(TXN_SEQ, FieldType.notNullable(ColumnKind.INT64.arrowType()), null),
              new Field(BYTES, FieldType.notNullable(ColumnKind.BINARY.arrowType()), null)));

  private final StreamEncoder<Row> encoder;
  private final StreamDecoder decoder;

  /**
   * @param longest the most bytes that {@link #encode} returns
   */
  public TransactionCodec(long longest) {
    this.encoder =
        new StreamEncoder<>(
            SCHEMA,
            List.of(
                ColumnEncoder.values(
                    new CodecColumn(TXN_SEQ, CodecColumn.Type.INT64, false), Row::txnSeq),
                ColumnEncoder.values(
                    new CodecColumn(BYTES, CodecColumn.Type.BINARY, false), Row::bytes)),
            longest);
    this.decoder = new StreamDecoder(encoder.schemaMessage());
  }

  /** Returns the stream of one transaction's bytes. */
  public byte[] encode(long txnSeq, byte[] bytes) {
    return encoder.encode(List.of(new Row(txnSeq, bytes)));
  }

  /** Returns the bytes of a record of kind {@code transaction}, or throws DamageException. */
  public byte[] decode(LogRecord record) {
    Row row =
        decoder.decode(
            record,
            batch -> {
              HeapColumn txnSeq = batch.required(TXN_SEQ, ColumnKind.INT64);
              HeapColumn bytes = batch.required(BYTES, ColumnKind.BINARY);
              if (batch.rows() != 1) {
                throw new MalformedStreamException("[" + batch.rows() + "] rows instead of one");
              }
              return new Row(txnSeq.int64(0), bytes.bytes(0));
            });
    if (row.txnSeq() != record.txnSeq()) {
      throw new DamageException(
          "the record of transaction ["
              + record.txnSeq()
              + "] holds the bytes of transaction ["
              + row.txnSeq()
              + "]");
    }
    return row.bytes();
  }

  /** Gives nothing back, since nothing is held outside the heap. */
  @Override
  public void close() {}

  @SuppressWarnings("ArrayRecordComponent") // handed through at once, never compared
  private record Row(long txnSeq, byte[] bytes) {}
}
