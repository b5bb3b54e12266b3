package io.duckpond.journal.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file whose row groups end where the caller says, which parquet-hadoop's own writer does
 * not offer. Pages are compressed with zstd and carry checksums. For one thread.
 */
public final class ParquetFileBuilder implements Closeable {
  private static final @Nullable FileEncryptionProperties UNENCRYPTED = null;

  private final DiskOutput out;
  private final MessageType schema;
  private final ParquetProperties properties;
  private final ParquetCodecs codecs = new ParquetCodecs();
  private final ParquetFileWriter writer;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private long rows;

  /** Starts a file at the beginning of {@code out}, which the caller syncs and closes. */
  public ParquetFileBuilder(DiskOutput out, MessageType schema, ParquetProperties properties)
      throws IOException {
    this.out = out;
    this.schema = schema;
    this.properties = properties;
    this.writer =
        new ParquetFileWriter(
            out.asParquetTarget(),
            schema,
            ParquetFileWriter.Mode.CREATE,
            Long.MAX_VALUE,
            0,
            UNENCRYPTED,
            properties);
    writer.start();
    this.pages = newPages();
    this.columns = properties.newColumnWriteStore(schema, pages, pages);
  }

  /** Returns the properties to start from: checksums on pages, indexes every thousand rows. */
  public static ParquetProperties.Builder properties() {
    return ParquetProperties.builder()
        .withAllocator(HeapByteBufferAllocator.getInstance())
        .withPageWriteChecksumEnabled(true)
        .withPageRowCountLimit(1000)
        // Rows may be a megabyte each: look at the size of a page early.
        .withMinRowCountForPageSizeCheck(1)
        .withMaxRowCountForPageSizeCheck(1000);
  }

  private ColumnChunkPageWriteStore newPages() {
    BytesInputCompressor zstd = codecs.getCompressor(CompressionCodecName.ZSTD);
    return ColumnChunkPageWriteStore.builder()
        .withCompressorProvider(column -> zstd)
        .withSchema(schema)
        .withAllocator(properties.getAllocator())
        .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
        .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
        .build();
  }

  /** Returns where the values of the present row group go; another one for each group. */
  public ColumnWriteStore columns() {
    return columns;
  }

  /** Notes that all columns have their value of one more row. */
  public void endRow() {
    columns.endRecord();
    rows++;
  }

  /** Notes rows that went through a record consumer, which ends each of them itself. */
  void addRows(long consumed) {
    rows += consumed;
  }

  /** Returns the rows of the present row group. */
  public long rows() {
    return rows;
  }

  /** Writes the present row group, if it has rows, and begins the next. */
  public void endRowGroup() throws IOException {
    if (rows == 0) {
      return;
    }
    columns.flush();
    writer.startBlock(rows);
    pages.flushToFileWriter(writer);
    writer.endBlock();
    columns.close();
    pages.close();
    pages = newPages();
    columns = properties.newColumnWriteStore(schema, pages, pages);
    rows = 0;
  }

  /**
   * Writes the last row group and then, as the tail of the file, what no page checksum guards:
   * indexes, bloom filters and footer.
   */
  public void finish() throws IOException {
    endRowGroup();
    out.beginTail();
    writer.end(Map.of());
  }

  @Override
  public void close() {
    columns.close();
    pages.close();
    codecs.release();
  }
}
