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

  private final StreamEncoder encoder;
  private final StreamDecoder decoder;

  /**
   * @param memoryLimit the most bytes of Arrow memory that all concurrent calls of {@link #encode}
   *     may hold together
   */
  public TransactionCodec(long memoryLimit) {
    this.encoder = new StreamEncoder(SCHEMA, memoryLimit);
    this.decoder = new StreamDecoder(encoder.schemaMessage());
  }

  /** Returns the stream of one transaction's bytes. */
  public byte[] encode(long txnSeq, byte[] bytes) {
    List<byte[]> rows = List.of(bytes);
    return encoder.encode(
        1,
        vectors -> {
          VectorFill.values(vectors, 0, CodecColumn.Type.INT64, rows, row -> txnSeq);
          VectorFill.values(vectors, 1, CodecColumn.Type.BINARY, rows, row -> row);
        });
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

  @Override
  public void close() {
    encoder.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // handed through at once, never compared
  private record Row(long txnSeq, byte[] bytes) {}
}
