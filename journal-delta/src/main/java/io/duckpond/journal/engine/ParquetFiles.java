package io.duckpond.journal.engine;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;

/** Opens Parquet files so that every page that is read is verified. */
public final class ParquetFiles {
  static final PlainParquetConfiguration CONFIGURATION = new PlainParquetConfiguration();

  private ParquetFiles() {}

  /** Returns the Parquet schema of a kernel schema. */
  public static MessageType schema(StructType struct) {
    return BatchColumns.schema(struct);
  }

  /** Opens a file and reads its footer. Closing the reader closes {@code input}. */
  public static ParquetFileReader open(DiskInput input) throws IOException {
    return open(input, FilterCompat.NOOP);
  }

  /**
   * The same; row groups that by their statistics and bloom filters hold no row that passes {@code
   * filter} are left out, and {@code readNextFilteredRowGroup} leaves out such pages. Rows that do
   * not pass may remain.
   */
  public static ParquetFileReader open(DiskInput input, FilterCompat.Filter filter)
      throws IOException {
    try {
      ParquetReadOptions options =
          ParquetReadOptions.builder(CONFIGURATION)
              .withCodecFactory(new ParquetCodecs())
              .withAllocator(HeapByteBufferAllocator.getInstance())
              .withPageChecksumVerification(true)
              .withUseHadoopVectoredIo(false)
              .withRecordFilter(filter)
              .useRecordFilter(false)
              .useStatsFilter(true)
              .useColumnIndexFilter(true)
              .useBloomFilter(true)
              .useDictionaryFilter(false)
              .build();
      ParquetBounds.checkFooter(input);
      ParquetFileReader reader = ParquetFileReader.open(input, options);
      ParquetBounds.checkChunks(input, reader, filter != FilterCompat.NOOP);
      return reader;
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }
}
