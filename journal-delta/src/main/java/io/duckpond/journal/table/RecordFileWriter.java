package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DiskOutput;
import io.duckpond.journal.engine.ParquetFileBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.io.api.Binary;

/**
 * Writes records to one Parquet file, in the order given. A row group ends where the kind changes,
 * and at 65,536 rows or 8 MiB of content, so memory is bounded by that. For one thread.
 */
final class RecordFileWriter implements Closeable {
  private static final int ROW_GROUP_ROWS = 1 << 16;
  private static final long ROW_GROUP_BYTES = 8L << 20;

  private final DiskOutput out;
  private final ParquetFileBuilder builder;
  private final KeyStatistics statistics = new KeyStatistics();
  private RecordKind kind = RecordKind.EVENT;
  private long groupBytes;
  private ColumnWriter[] columns;

  /** Creates {@code file}; about {@code partitions} different ids are expected in it. */
  RecordFileWriter(Disk disk, Path file, int partitions) throws IOException {
    this.out = DiskOutput.create(disk, file);
    try {
      this.builder = new ParquetFileBuilder(out, RecordSchema.PARQUET, properties(partitions));
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
    this.columns = columns();
  }

  private static ParquetProperties properties(int partitions) {
    return ParquetFileBuilder.properties()
        .withPageSize(1 << 17)
        .withDictionaryEncoding(RecordSchema.SHA256, false)
        .withDictionaryEncoding(RecordSchema.CONTENT, false)
        .withStatisticsEnabled(RecordSchema.SHA256, false)
        .withStatisticsEnabled(RecordSchema.CONTENT, false)
        .withBloomFilterEnabled(RecordSchema.PART_ID, partitions > 1)
        .withBloomFilterNDV(RecordSchema.PART_ID, Math.max(1, Math.min(partitions, ROW_GROUP_ROWS)))
        .build();
  }

  private ColumnWriter[] columns() {
    return RecordSchema.PARQUET.getColumns().stream()
        .map(builder.columns()::getColumnWriter)
        .toArray(ColumnWriter[]::new);
  }

  void append(LogRecord record) throws IOException {
    boolean full = builder.rows() >= ROW_GROUP_ROWS || groupBytes >= ROW_GROUP_BYTES;
    if (builder.rows() > 0 && (full || record.kind() != kind)) {
      builder.endRowGroup();
      columns = columns();
      groupBytes = 0;
    }
    kind = record.kind();
    groupBytes += record.content().length;
    statistics.add(record);
    if (record.partId().isEmpty()) {
      columns[0].writeNull(0, 0);
    } else {
      columns[0].write(text(record.partId()), 0, 1);
    }
    columns[1].write(text(kind.storedName()), 0, 0);
    write(columns[2], record.firstVersion());
    write(columns[3], record.version());
    write(columns[4], record.firstTxnSeq());
    write(columns[5], record.txnSeq());
    write(columns[6], record.timestampMicros());
    columns[7].write(record.count(), 0, 0);
    columns[8].write(Binary.fromConstantByteArray(record.sha256().bytes()), 0, 0);
    columns[9].write(Binary.fromConstantByteArray(record.content()), 0, 0);
    builder.endRow();
  }

  private static Binary text(String value) {
    return Binary.fromConstantByteArray(value.getBytes(UTF_8));
  }

  private static void write(ColumnWriter column, long value) {
    if (value == 0) {
      column.writeNull(0, 0);
    } else {
      column.write(value, 0, 1);
    }
  }

  /** Returns about how many bytes the file has so far. */
  long bytes() {
    return out.getPos() + groupBytes / 2; // what a row group packs to is known when it ends
  }

  /** Completes the file and returns once its bytes, not yet its name, are durable. */
  Finished finish() throws IOException {
    builder.finish();
    out.sync();
    return new Finished(
        out.getPos(), out.digest(), new FileTail(out.tailStart(), out.tailDigest()), statistics);
  }

  @Override
  public void close() throws IOException {
    builder.close();
    out.close();
  }

  /** What a finished file is. */
  record Finished(long size, Sha256 sha256, FileTail tail, KeyStatistics statistics) {}
}
