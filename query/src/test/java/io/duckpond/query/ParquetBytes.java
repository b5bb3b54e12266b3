package io.duckpond.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;

/** Parquet files in memory, as Parquet's own writer makes them. */
final class ParquetBytes {

  /**
   * How a file is written.
   *
   * @param group rows of a row group
   * @param page rows of a page
   */
  record Style(
      CompressionCodecName codec, WriterVersion version, boolean dictionary, int group, int page) {

    static final Style PLAIN =
        new Style(
            CompressionCodecName.UNCOMPRESSED, WriterVersion.PARQUET_1_0, true, 1_000_000, 20_000);
  }

  private ParquetBytes() {}

  static byte[] of(MessageType schema, List<Group> rows) throws IOException {
    return of(schema, rows, Style.PLAIN);
  }

  static byte[] of(MessageType schema, Iterable<Group> rows, Style style) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new InMemory(bytes))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCodecFactory(new TestCodecs())
            .withAllocator(HeapByteBufferAllocator.getInstance())
            .withCompressionCodec(style.codec())
            .withWriterVersion(style.version())
            .withDictionaryEncoding(style.dictionary())
            .withRowGroupRowCountLimit(style.group())
            .withPageRowCountLimit(style.page())
            .withMinRowCountForPageSizeCheck(1)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    return bytes.toByteArray();
  }

  private record InMemory(ByteArrayOutputStream bytes) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return bytes.size();
        }

        @Override
        public void write(int value) {
          bytes.write(value);
        }

        @Override
        public void write(byte[] from, int start, int length) {
          bytes.write(from, start, length);
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
