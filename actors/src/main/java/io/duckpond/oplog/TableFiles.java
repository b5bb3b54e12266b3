package io.duckpond.oplog;

import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.parquet.MalformedParquetException;
import io.duckpond.journal.parquet.ParquetInspection;
import io.duckpond.journal.parquet.ParquetTable;
import io.duckpond.table.TableColumn;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** The one door to Parquet: whether bytes are a table, and which columns it has. */
public final class TableFiles {
  private TableFiles() {}

  /**
   * Returns the columns of a Parquet file, all of which was looked at but for what its pages hold;
   * refuses what is none.
   *
   * @param path of the table, for the refusal
   */
  public static TableSchema schema(DiskReader bytes, String path) throws IOException {
    return columns(() -> ParquetInspection.inspect(bytes), path);
  }

  /**
   * Returns the columns of a Parquet file of which only the footer was looked at; refuses what is
   * none. For those who are about to read pages, and find out themselves what these hold.
   */
  public static TableSchema outline(DiskReader bytes, String path) throws IOException {
    return columns(() -> ParquetInspection.outline(bytes), path);
  }

  private interface Look {
    ParquetTable at() throws IOException;
  }

  private static TableSchema columns(Look look, String path) throws IOException {
    try {
      return new TableSchema(
          look.at().columns().stream()
              .map(column -> new TableColumn(column.name(), column.type()))
              .toList());
    } catch (MalformedParquetException e) {
      FileSystemException refusal =
          new FileSystemException(path, null, "is no readable Parquet file: " + e.getMessage());
      refusal.initCause(e);
      throw refusal;
    }
  }
}
