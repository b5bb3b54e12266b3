package io.duckpond.journal.parquet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * The pages of a column of a row group, as the footer tells of them.
 *
 * @param column names it in messages
 * @param end the byte behind the last
 */
record Chunk(String column, long start, long end, long values) {

  /**
   * Returns those that have bytes, in the order in which they lie in the file; fails unless they
   * are those of the schema, lie in the file and do not overlap.
   */
  static List<Chunk> all(Footer footer, List<Schema.Leaf> leaves) throws MalformedParquetException {
    FileMetaData content = footer.content();
    if (content.isSetEncryption_algorithm()) {
      throw new MalformedParquetException("it is encrypted");
    }
    List<Chunk> chunks = new ArrayList<>();
    long rows = 0;
    for (RowGroup group : content.getRow_groups()) {
      if (group.getNum_rows() < 0 || group.getNum_rows() > content.getNum_rows() - rows) {
        throw rowsDiffer();
      }
      rows += group.getNum_rows();
      if (group.getColumnsSize() != leaves.size()) {
        throw new MalformedParquetException(
            "a row group has " + group.getColumnsSize() + " columns, the schema " + leaves.size());
      }
      for (int i = 0; i < leaves.size(); i++) {
        Chunk chunk = of(group.getColumns().get(i), leaves.get(i), group.getNum_rows(), footer);
        if (chunk.start < chunk.end) {
          chunks.add(chunk);
        }
      }
    }
    if (rows != content.getNum_rows()) {
      throw rowsDiffer();
    }
    chunks.sort(Comparator.comparingLong(Chunk::start));
    for (int i = 1; i < chunks.size(); i++) {
      if (chunks.get(i).start < chunks.get(i - 1).end) {
        throw new MalformedParquetException(
            "columns "
                + chunks.get(i - 1).column
                + " and "
                + chunks.get(i).column
                + " lie upon each other");
      }
    }
    return chunks;
  }

  private static MalformedParquetException rowsDiffer() {
    return new MalformedParquetException("its row groups do not have the rows that it has");
  }

  private static Chunk of(ColumnChunk stored, Schema.Leaf leaf, long rows, Footer footer)
      throws MalformedParquetException {
    String column = leaf.toString();
    if (stored.isSetFile_path()) {
      throw new MalformedParquetException("column " + column + " is in another file");
    }
    if (stored.isSetCrypto_metadata() || stored.isSetEncrypted_column_metadata()) {
      throw new MalformedParquetException("column " + column + " is encrypted");
    }
    if (!stored.isSetMeta_data()) {
      throw new MalformedParquetException("column " + column + " has no metadata");
    }
    ColumnMetaData meta = stored.getMeta_data();
    if (!meta.getPath_in_schema().equals(leaf.path()) || meta.getType() != leaf.type()) {
      throw new MalformedParquetException(
          "column " + column + " of the schema is another in a row group");
    }
    long values = meta.getNum_values();
    if (values < 0 || (!leaf.repeated() && values != rows)) {
      throw new MalformedParquetException(
          "column " + column + " has " + values + " values in " + rows + " rows");
    }
    // Of a column without values there may be a dictionary only, and no place of data.
    long data = meta.getData_page_offset();
    long dictionary = meta.isSetDictionary_page_offset() ? meta.getDictionary_page_offset() : 0;
    long start = dictionary > 0 && (data <= 0 || dictionary < data) ? dictionary : data;
    long size = meta.getTotal_compressed_size();
    if (size == 0 && values == 0) {
      return new Chunk(column, 0, 0, 0);
    }
    demandInside(start, size, footer, "column " + column);
    if (stored.isSetColumn_index_offset()) {
      int length = stored.getColumn_index_length();
      demandInside(stored.getColumn_index_offset(), length, footer, "the index of " + column);
    }
    if (stored.isSetOffset_index_offset()) {
      int length = stored.getOffset_index_length();
      demandInside(stored.getOffset_index_offset(), length, footer, "the index of " + column);
    }
    if (meta.isSetBloom_filter_offset()) {
      long length = meta.isSetBloom_filter_length() ? meta.getBloom_filter_length() : 0;
      demandInside(meta.getBloom_filter_offset(), length, footer, "the filter of " + column);
    }
    return new Chunk(column, start, start + size, values);
  }

  private static void demandInside(long start, long size, Footer footer, String what)
      throws MalformedParquetException {
    if (start < Footer.MAGIC_BYTES || size < 0 || start > footer.start() - size) {
      throw new MalformedParquetException(
          what + " does not lie in it: " + size + " bytes at byte " + start);
    }
  }
}
