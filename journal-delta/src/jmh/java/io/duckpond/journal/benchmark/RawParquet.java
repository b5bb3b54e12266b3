package io.duckpond.journal.benchmark;

import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.engine.DiskInput;
import io.duckpond.journal.engine.DiskOutput;
import io.duckpond.journal.engine.ParquetFileBuilder;
import io.duckpond.journal.engine.ParquetFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Events as plain rows of one Parquet file: no records, no hashes, no log, no transaction. */
final class RawParquet {
  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .named("part_id")
          .required(PrimitiveTypeName.INT64)
          .named("seq_nr")
          .required(PrimitiveTypeName.INT64)
          .named("txn_seq")
          .required(PrimitiveTypeName.INT64)
          .named("timestamp")
          .required(PrimitiveTypeName.BINARY)
          .named("payload")
          .named("events");

  private RawParquet() {}

  /** Writes one event of each of {@code partitions} and syncs the file. */
  static void write(Path file, int partitions) throws IOException {
    try (DiskOutput out = DiskOutput.create(new RealDisk(), file)) {
      try (ParquetFileBuilder builder =
          new ParquetFileBuilder(out, SCHEMA, ParquetFileBuilder.properties().build())) {
        ColumnWriter[] columns =
            SCHEMA.getColumns().stream()
                .map(builder.columns()::getColumnWriter)
                .toArray(ColumnWriter[]::new);
        for (int i = 0; i < partitions; i++) {
          byte[] partId = BulkTransactionBenchmark.partId(i).getBytes(StandardCharsets.UTF_8);
          columns[0].write(Binary.fromConstantByteArray(partId), 0, 0);
          columns[1].write(1L, 0, 0);
          columns[2].write(1L, 0, 0);
          columns[3].write(1_700_000_000_000_000L, 0, 0);
          columns[4].write(Binary.fromConstantByteArray(Payloads.of(i)), 0, 0);
          builder.endRow();
        }
        builder.finish();
      }
      out.sync();
    }
  }

  /** Reads every value of every column of a file; returns the sum of the lengths of the binary. */
  static long scan(Path file) throws IOException {
    long bytes = 0;
    try (ParquetFileReader reader = ParquetFiles.open(DiskInput.open(new RealDisk(), file))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      String createdBy = reader.getFileMetaData().getCreatedBy();
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        ColumnReadStoreImpl store =
            new ColumnReadStoreImpl(pages, new NoConverters(), schema, createdBy);
        for (ColumnDescriptor column : schema.getColumns()) {
          bytes += scan(store.getColumnReader(column), pages.getRowCount());
        }
      }
    }
    return bytes;
  }

  private static long scan(ColumnReader column, long rows) {
    int defined = column.getDescriptor().getMaxDefinitionLevel();
    boolean binary =
        column.getDescriptor().getPrimitiveType().getPrimitiveTypeName()
            == PrimitiveTypeName.BINARY;
    long bytes = 0;
    for (long row = 0; row < rows; row++) {
      if (binary && column.getCurrentDefinitionLevel() == defined) {
        bytes += column.getBinary().length();
      } else {
        column.skip();
      }
      column.consume();
    }
    return bytes;
  }

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
