package io.duckpond.journal.parquet;

import java.util.List;

/**
 * What a Parquet file holds.
 *
 * @param columns in the order of the file, no two of one name
 */
public record ParquetTable(List<ParquetColumn> columns, long rows) {

  public ParquetTable {
    columns = List.copyOf(columns);
  }
}
