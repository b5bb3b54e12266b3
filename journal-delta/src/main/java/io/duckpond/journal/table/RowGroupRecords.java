package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The records of one row group, read column by column and without boxing. A record that the request
 * does not want is stepped over; its content is not copied. For one thread.
 */
final class RowGroupRecords {
  private static final byte[] NO_CONTENT = {};

  private final String file;
  private final ScanRequest request;
  private final Optional<DataFile.Assigned> assigned;
  private final Optional<Set<String>> partIds;
  private final List<ColumnReader> columns = new ArrayList<>();
  private long rowsLeft;
  private Binary lastPartId = Binary.EMPTY;
  private String partId = "";
  private boolean inRange;
  private Binary lastKind = Binary.EMPTY;
  private RecordKind kind = RecordKind.EVENT;

  RowGroupRecords(PageReadStore pages, String createdBy, DataFile of, ScanRequest request) {
    this.file = of.name();
    this.request = request;
    this.assigned = of.assigned();
    this.partIds = RecordFilter.partIds(of, request);
    MessageType schema = columns(request);
    ColumnReadStore store = new ColumnReadStoreImpl(pages, new NoConverters(), schema, createdBy);
    for (ColumnDescriptor column : schema.getColumns()) {
      columns.add(store.getColumnReader(column));
    }
    this.rowsLeft = pages.getRowCount();
    this.inRange = request.range().holds(partId);
  }

  /** Returns the columns that a request needs. */
  static MessageType columns(ScanRequest request) {
    List<Type> fields = new ArrayList<>(RecordSchema.PARQUET.getFields());
    if (!request.content()) {
      fields.remove(fields.size() - 1);
    }
    return new MessageType(RecordSchema.PARQUET.getName(), fields);
  }

  /** Returns the next record that the request wants; empty at the end of the row group. */
  Optional<LogRecord> next() {
    while (rowsLeft > 0) {
      rowsLeft--;
      readPartId(columns.get(0));
      readKind(columns.get(1));
      long firstVersion = readLong(columns.get(2));
      long version = readLong(columns.get(3));
      long firstTxnSeq = readLong(columns.get(4));
      long txnSeq = readLong(columns.get(5));
      long timestamp = readLong(columns.get(6));
      int count = columns.get(7).getInteger();
      columns.get(7).consume();
      if (assigned.isPresent()) {
        firstTxnSeq = assigned.get().txnSeq();
        txnSeq = assigned.get().txnSeq();
        timestamp = assigned.get().timestampMicros();
      }
      if (wanted(firstVersion, version, firstTxnSeq, txnSeq)) {
        Sha256 sha256 = Sha256.from(readBytes(columns.get(8)));
        byte[] content = request.content() ? readBytes(columns.get(9)) : NO_CONTENT;
        LogRecord record =
            new LogRecord(
                partId,
                kind,
                firstVersion,
                version,
                firstTxnSeq,
                txnSeq,
                timestamp,
                count,
                sha256,
                content);
        verify(record);
        return Optional.of(record);
      }
      for (ColumnReader column : columns.subList(8, columns.size())) {
        column.skip();
        column.consume();
      }
    }
    return Optional.empty();
  }

  private boolean wanted(long firstVersion, long version, long firstTxnSeq, long txnSeq) {
    return request.kinds().contains(kind)
        && version >= request.fromVersion()
        && firstVersion <= request.toVersion()
        && txnSeq >= request.fromTxnSeq()
        && firstTxnSeq <= request.toTxnSeq()
        && inRange
        && (partIds.isEmpty() || partIds.get().contains(partId));
  }

  private void verify(LogRecord record) {
    if (request.content()) {
      Sha256 found = Sha256.of(record.content());
      if (!found.equals(record.sha256())) {
        throw new DamageException(
            String.format(
                "%s is damaged: content of partition [%s] transaction [%d], %s %d to %d, expected"
                    + " SHA-256 %s, found %s",
                file,
                record.partId(),
                record.txnSeq(),
                record.kind().storedName(),
                record.firstVersion(),
                record.version(),
                record.sha256(),
                found));
      }
    }
  }

  private void readPartId(ColumnReader column) {
    if (column.getCurrentDefinitionLevel() == 0) {
      partId = "";
      lastPartId = Binary.EMPTY;
      inRange = request.range().holds(partId);
    } else {
      Binary stored = column.getBinary();
      if (!stored.equals(lastPartId)) {
        lastPartId = stored.copy();
        partId = new String(stored.getBytesUnsafe(), UTF_8);
        inRange = request.range().holds(partId);
      }
    }
    column.consume();
  }

  private void readKind(ColumnReader column) {
    Binary stored = column.getBinary();
    if (!stored.equals(lastKind)) {
      lastKind = stored.copy();
      kind = RecordKind.ofStoredName(stored.toStringUsingUTF8());
    }
    column.consume();
  }

  private static long readLong(ColumnReader column) {
    long value = column.getCurrentDefinitionLevel() == 0 ? 0 : column.getLong();
    column.consume();
    return value;
  }

  private static byte[] readBytes(ColumnReader column) {
    byte[] value = column.getBinary().getBytes();
    column.consume();
    return value;
  }

  /** Parquet wants converters even where values are taken from the columns. */
  private static final class NoConverters extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
