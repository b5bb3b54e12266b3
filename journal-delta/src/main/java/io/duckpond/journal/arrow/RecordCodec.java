package io.duckpond.journal.arrow;

import io.duckpond.journal.table.LogRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Inner rows to and from the Arrow IPC stream that is a record's content. Any thread.
 *
 * <pre>
 *   part_id | the codec's columns … | seq_nr txn_seq timestamp writer manifest tags txn_index
 * </pre>
 *
 * A stream is read by column name: columns that this codec does not know are passed over, and
 * nullable ones that an older stream lacks are null.
 */
public final class RecordCodec implements AutoCloseable {
  static final String PART_ID = "part_id";
  static final String SEQ_NR = "seq_nr";
  static final String TXN_SEQ = "txn_seq";
  static final String TIMESTAMP = "timestamp";
  static final String WRITER = "writer";
  static final String MANIFEST = "manifest";
  static final String TAGS = "tags";
  static final String TXN_INDEX = "txn_index";

  /** What a row takes beside its bytes: numbers, offsets, a share of padding. */
  private static final int ROW_OVERHEAD = 64;

  private final List<CodecColumn> columns;
  private final StreamEncoder<InnerRow> encoder;
  private final StreamDecoder decoder;

  /**
   * A codec for the rows of {@code columns} and the envelope around them.
   *
   * @param longest the most bytes that {@link #encode} returns
   */
  public RecordCodec(List<CodecColumn> columns, long longest) {
    this.columns = List.copyOf(columns);
    this.encoder = new StreamEncoder<>(schema(this.columns), encoders(this.columns), longest);
    this.decoder = new StreamDecoder(encoder.schemaMessage());
  }

  /** Returns the columns of a record: a codec's, and those of the envelope. */
  static Schema schema(List<CodecColumn> columns) {
    List<Field> fields = new ArrayList<>();
    fields.add(field(PART_ID, ColumnKind.UTF8, false));
    for (CodecColumn column : columns) {
      fields.add(field(column.name(), ColumnKind.of(column.type()), column.nullable()));
    }
    fields.add(field(SEQ_NR, ColumnKind.INT64, true));
    fields.add(field(TXN_SEQ, ColumnKind.INT64, true));
    fields.add(field(TIMESTAMP, ColumnKind.TIMESTAMP, true));
    fields.add(field(WRITER, ColumnKind.UTF8, false));
    fields.add(field(MANIFEST, ColumnKind.UTF8, false));
    fields.add(
        new Field(
            TAGS,
            FieldType.notNullable(ColumnKind.UTF8_LIST.arrowType()),
            List.of(field("item", ColumnKind.UTF8, false))));
    fields.add(field(TXN_INDEX, ColumnKind.INT32, false));
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.getName())) {
        throw new IllegalArgumentException("column [" + field.getName() + "] stands twice");
      }
    }
    return new Schema(fields);
  }

  private static List<ColumnEncoder<InnerRow>> encoders(List<CodecColumn> columns) {
    List<ColumnEncoder<InnerRow>> encoders = new ArrayList<>();
    encoders.add(ColumnEncoder.utf8(PART_ID, InnerRow::partId));
    for (int i = 0; i < columns.size(); i++) {
      int value = i;
      encoders.add(ColumnEncoder.values(columns.get(i), row -> row.values().get(value)));
    }
    encoders.add(ColumnEncoder.int64(ColumnKind.INT64, InnerRow::seqNr));
    encoders.add(ColumnEncoder.int64(ColumnKind.INT64, InnerRow::txnSeq));
    encoders.add(ColumnEncoder.int64(ColumnKind.TIMESTAMP, InnerRow::timestampMicros));
    encoders.add(ColumnEncoder.utf8(WRITER, InnerRow::writer));
    encoders.add(ColumnEncoder.utf8(MANIFEST, InnerRow::manifest));
    encoders.add(ColumnEncoder.lists(TAGS, InnerRow::tags));
    encoders.add(ColumnEncoder.int32(InnerRow::txnIndex));
    return encoders;
  }

  private static Field field(String name, ColumnKind kind, boolean nullable) {
    return new Field(name, new FieldType(nullable, kind.arrowType(), null), null);
  }

  /** Returns the codec's columns, without those of the envelope. */
  public List<CodecColumn> columns() {
    return columns;
  }

  /**
   * Returns the bytes, within a few per cent and never too few, that a row adds to its stream.
   *
   * @throws IllegalArgumentException if {@link #encode} would refuse the row
   */
  public long check(InnerRow row) {
    List<@Nullable Object> values = row.values();
    checkWidth(row);
    long bytes = ROW_OVERHEAD + 16L * columns.size() + RowChecks.utf8Length(PART_ID, row.partId());
    for (int i = 0; i < columns.size(); i++) {
      bytes += RowChecks.length(columns.get(i), values.get(i));
    }
    bytes += RowChecks.utf8Length(WRITER, row.writer());
    bytes += RowChecks.utf8Length(MANIFEST, row.manifest());
    for (String tag : row.tags()) {
      bytes += 8L + RowChecks.utf8Length(TAGS, tag);
    }
    return bytes;
  }

  private void checkWidth(InnerRow row) {
    if (row.values().size() != columns.size()) {
      throw new IllegalArgumentException(
          "[" + row.values().size() + "] values for [" + columns.size() + "] columns");
    }
  }

  /**
   * Returns one complete IPC stream of one batch.
   *
   * @throws IllegalArgumentException if a value does not fit its column, or a text is no Unicode
   */
  public byte[] encode(List<InnerRow> rows) {
    for (InnerRow row : rows) {
      checkWidth(row);
    }
    return encoder.encode(rows);
  }

  /**
   * Hands out the rows of a record in order; damage is a {@code DamageException}, thrown before the
   * first row. Rows that were written before their transaction had a number get the record's.
   */
  public void decode(LogRecord record, Consumer<InnerRow> sink) {
    RowReader reader = decoder.decode(record, batch -> new RowReader(record, batch, columns));
    for (int row = 0; row < record.count(); row++) {
      sink.accept(reader.row(row));
    }
  }

  /** Gives nothing back, since nothing is held outside the heap. */
  @Override
  public void close() {}

  /** The columns of one decoded record. */
  private static final class RowReader {
    private final LogRecord record;
    private final List<@Nullable HeapColumn> values = new ArrayList<>();
    private final HeapColumn partId;
    private final HeapColumn seqNr;
    private final HeapColumn txnSeq;
    private final HeapColumn timestamp;
    private final HeapColumn writer;
    private final HeapColumn manifest;
    private final HeapColumn tags;
    private final HeapColumn txnIndex;

    RowReader(LogRecord record, StreamDecoder.Batch batch, List<CodecColumn> columns) {
      this.record = record;
      this.partId = batch.required(PART_ID, ColumnKind.UTF8);
      for (CodecColumn column : columns) {
        values.add(batch.column(column.name(), ColumnKind.of(column.type()), !column.nullable()));
      }
      this.seqNr = batch.nullable(SEQ_NR, ColumnKind.INT64);
      this.txnSeq = batch.nullable(TXN_SEQ, ColumnKind.INT64);
      this.timestamp = batch.nullable(TIMESTAMP, ColumnKind.TIMESTAMP);
      this.writer = batch.required(WRITER, ColumnKind.UTF8);
      this.manifest = batch.required(MANIFEST, ColumnKind.UTF8);
      this.tags = batch.required(TAGS, ColumnKind.UTF8_LIST);
      this.txnIndex = batch.required(TXN_INDEX, ColumnKind.INT32);
    }

    InnerRow row(int row) {
      @Nullable Object[] rowValues = new @Nullable Object[values.size()];
      for (int i = 0; i < rowValues.length; i++) {
        HeapColumn column = values.get(i);
        rowValues[i] = column == null ? null : column.value(row);
      }
      return new InnerRow(
          partId.string(row),
          Collections.unmodifiableList(Arrays.asList(rowValues)),
          seqNr.int64OrZero(row),
          txnSeq.isNull(row) ? record.txnSeq() : txnSeq.int64(row),
          timestamp.isNull(row) ? record.timestampMicros() : timestamp.int64(row),
          writer.string(row),
          manifest.string(row),
          tags.strings(row),
          txnIndex.int32(row));
    }
  }
}
