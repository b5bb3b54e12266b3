package io.duckpond.harness;

import io.duckpond.journal.engine.DiskOutput;
import io.duckpond.journal.engine.ParquetFileBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Makes small Parquet files of flat columns. */
public final class ParquetFixture {
  private static final Path FILE = Path.of("/t.parquet");

  private ParquetFixture() {}

  /** Returns a file of one row group, its pages with checksums. */
  public static byte[] file(String schema, int rows) {
    return file(schema, rows, Integer.MAX_VALUE);
  }

  /**
   * Returns a file of some rows: numbers are the row's, texts too, and of an optional column every
   * third value is missing.
   *
   * @param schema as in {@code message t {required int64 id; optional binary name (STRING);}}
   */
  public static byte[] file(String schema, int rows, int rowsOfAGroup) {
    MessageType message = MessageTypeParser.parseMessageType(schema);
    ParquetProperties properties = ParquetFileBuilder.properties().build();
    MemoryDisk disk = new MemoryDisk();
    try (DiskOutput out = DiskOutput.create(disk, FILE);
        ParquetFileBuilder builder = new ParquetFileBuilder(out, message, properties)) {
      for (int row = 0; row < rows; row++) {
        for (ColumnDescriptor column : message.getColumns()) {
          write(builder.columns().getColumnWriter(column), column, row);
        }
        builder.endRow();
        if (builder.rows() == rowsOfAGroup) {
          builder.endRowGroup();
        }
      }
      builder.finish();
      out.sync();
      return disk.bytes(FILE);
    } catch (IOException e) {
      throw new IllegalStateException("a disk in memory", e);
    }
  }

  private static void write(ColumnWriter to, ColumnDescriptor column, int row) {
    int level = column.getMaxDefinitionLevel();
    if (level > 0 && row % 3 == 2) {
      to.writeNull(0, level - 1);
      return;
    }
    switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT64 -> to.write((long) row, 0, level);
      case INT32 -> to.write(row, 0, level);
      case DOUBLE -> to.write(row / 2.0, 0, level);
      case BINARY ->
          to.write(
              Binary.fromConstantByteArray(("row " + row).getBytes(StandardCharsets.UTF_8)),
              0,
              level);
      default -> throw new IllegalArgumentException("no values for " + column);
    }
  }
}
