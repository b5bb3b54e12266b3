package io.duckpond.journal.parquet;

import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.util.List;

/**
 * Finds out whether a file is one that Parquet readers can read. Its numbers come from whoever
 * wrote it: none is believed before it was held against the size of the file, and memory is bounded
 * by the size of the footer, never by what that says.
 *
 * <p>Looked at are the magic bytes, the footer, the schema; that row groups have the columns of the
 * schema, and all their values, within the file, none upon another; and every page: its header, its
 * place, its number of values, and its checksum if it has one. So a file is read once at most, and
 * one without checksums only at its pages' headers. Pages are not unpacked.
 */
public final class ParquetInspection {
  private ParquetInspection() {}

  /**
   * Returns what a file holds.
   *
   * @throws MalformedParquetException if it is no readable Parquet file, or encrypted
   * @throws IOException what {@code file} throws
   */
  public static ParquetTable inspect(DiskReader file) throws IOException {
    return inspect(file, true);
  }

  /**
   * Returns the same without having looked at the pages: little more than the footer is read.
   *
   * @throws MalformedParquetException if that is not the footer of a readable Parquet file
   * @throws IOException what {@code file} throws
   */
  public static ParquetTable outline(DiskReader file) throws IOException {
    return inspect(file, false);
  }

  private static ParquetTable inspect(DiskReader file, boolean withPages) throws IOException {
    Window window = new Window(file);
    Footer footer = Footer.of(window);
    List<Schema.Leaf> leaves = Schema.leaves(footer.content());
    List<ParquetColumn> columns = Schema.columns(footer.content());
    List<Chunk> chunks = Chunk.all(footer, leaves);
    if (withPages) {
      for (Chunk chunk : chunks) {
        Pages.check(window, chunk);
      }
    }
    return new ParquetTable(columns, footer.content().getNum_rows());
  }
}
